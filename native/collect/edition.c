/* SPDX-License-Identifier: MIT */
/* edition.c - which edition of Windows this is, and what it is called. */
#include <string.h>

#include "collect/system.h"

#define PRODUCT_OPTIONS "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ProductOptions"

static struct prereq_names product_suites(struct prereq_gather *gather)
{
    struct prereq_reg_value value;
    struct prereq_refusal why = {0};
    enum prereq_look look =
        prereq_read_value(gather, PRODUCT_OPTIONS, PREREQ_VIEW_64, "ProductSuite", &value, &why);

    if (!prereq_member_usable(gather, "os.edition", look, &why, "ProductSuite"))
        return (struct prereq_names){NULL, 0};
    return prereq_value_texts(gather, &value);
}

static bool has_suite(struct prereq_names suites, const char *name)
{
    for (size_t i = 0; i < suites.count; i++) {
        if (prereq_starts_nocase(suites.name[i], name))
            return true;
    }
    return false;
}

/* Before Vista the edition is told by signs: a kind of XP, a suite, or the product type alone. */
static const char *edition_by_signs(struct prereq_gather *gather)
{
    static const struct {
        const char *suite;
        bool nt4; /* later ones have the suite wherever the component is */
        const char *edition;
    } suites[] = {{"Terminal Server", true, "Terminal Server Edition"},
                  {"DataCenter", false, "Datacenter"},
                  {"Enterprise", false, "Enterprise"},
                  {"Blade", false, "Web"},
                  {"Personal", false, "Home"},
                  {"Small Business", false, "Small Business"},
                  {"EmbeddedNT", false, "Embedded"}};
    struct prereq_names found = product_suites(gather);
    bool nt4 = gather->os.version.part[0] < 5, is_2003;
    uint64_t installed;

    if (prereq_member_number(gather, "os.edition", "HKLM\\SYSTEM\\WPA\\MediaCenter", "Installed",
                             &installed) &&
        installed)
        return "Media Center";
    if (prereq_member_number(gather, "os.edition", "HKLM\\SYSTEM\\WPA\\TabletPC", "Installed",
                             &installed) &&
        installed)
        return "Tablet PC";
    for (size_t i = 0; i < PREREQ_COUNT(suites); i++) {
        if ((nt4 || !suites[i].nt4) && has_suite(found, suites[i].suite))
            return suites[i].edition;
    }
    if (prereq_member_refused(gather, "os.edition") || !gather->os.product_type)
        return NULL;
    if (gather->os.product_type == PREREQ_WORKSTATION)
        return nt4 ? "Workstation" : "Professional";
    is_2003 = gather->os.version.part[0] == 5 && gather->os.version.part[1] >= 2;
    return is_2003 ? "Standard" : "Server";
}

/* The name as systeminfo prints it.  NT 4.0 has none, and those before Vista leave the edition
 * out. */
static const char *old_caption(struct prereq_gather *gather, const char *name)
{
    const char *edition = gather->os.edition ? gather->os.edition : "";

    if (!name)
        return gather->os.product_type == PREREQ_WORKSTATION ? "Microsoft Windows NT Workstation"
                                                             : "Microsoft Windows NT Server";
    if (gather->os.version.part[0] == 5 && gather->os.version.part[1] == 0) {
        if (!strcmp(edition, "Enterprise"))
            edition = "Advanced Server";
        else if (!strcmp(edition, "Datacenter"))
            edition = "Datacenter Server";
    }
    return *edition ? prereq_gather_printf(gather, "%s %s", name, edition) : name;
}

static const char *with_maker(struct prereq_gather *gather, const char *name)
{
    if (prereq_starts_nocase(name, "Microsoft"))
        return name;
    return prereq_gather_printf(gather, "Microsoft %s", name);
}

/* ProductName says Windows 10 on Windows 11, too. */
static const char *correct_11(struct prereq_gather *gather, const char *name)
{
    static const char ten[] = "Windows 10";
    const char *at = strstr(name, ten);

    if (!at || gather->os.product_type != PREREQ_WORKSTATION || !gather->os.build.known ||
        gather->os.build.value < 22000)
        return name;
    return prereq_gather_printf(gather, "%.*sWindows 11%s", (int)(at - name), name,
                                at + strlen(ten));
}

void prereq_collect_product(struct prereq_gather *gather)
{
    struct prereq_os *os = &gather->os;
    bool is_old = os->version.parts > 0 && os->version.part[0] < 6;
    const char *name;

    os->install_type =
        prereq_member_text(gather, "os.installType", PREREQ_CURRENT_VERSION, "InstallationType");
    os->edition = prereq_member_text(gather, "os.edition", PREREQ_CURRENT_VERSION, "EditionID");
    if (!os->edition && is_old && !prereq_member_refused(gather, "os.edition"))
        os->edition = edition_by_signs(gather);
    name = prereq_member_text(gather, "os.product", PREREQ_CURRENT_VERSION, "ProductName");
    if (is_old && !prereq_member_refused(gather, "os.product"))
        name = old_caption(gather, name);
    if (name)
        os->product = correct_11(gather, with_maker(gather, name));
}
