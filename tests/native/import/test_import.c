/* SPDX-License-Identifier: MIT */
/* test_import.c - texts of systeminfo, wmic qfe and Get-HotFix as facts. */
#include "imports.h"

static void import_file(struct run *run, const char *name, const char *host_id)
{
    struct prereq_import_options options = options_for(name, host_id);
    size_t len;
    char *bytes = read_input(name, &len);

    run_start(run, bytes, len, &options, NO_LIMIT);
    free(bytes);
}

/* ---- every kind of text, compared with the document beside it ---- */

static struct good {
    const char *name; /* of the file; its facts are in NAME.json */
    const char *host_id;
} goods[] = {
    {"server-2019.txt", NULL},
    {"server-2016.csv", NULL},
    {"german-utf16.txt", NULL},
    {"japanese-oem.txt", NULL},
    {"hungarian-utf16be.txt", NULL},
    {"xp-cut-off.txt", NULL},
    {"ambiguous.txt", NULL},
    {"bios-proves.txt", NULL},
    {"cut-before-hotfixes.txt", NULL},
    {"qfe-table.txt", NULL},
    {"qfe-brief.txt", "web-north-01"},
    {"qfe-list.txt", NULL},
    {"qfe.csv", NULL},
    {"qfe-filetime.txt", NULL},
    {"qfe-chinese-oem.txt", NULL},
    {"qfe-blank.txt", "web-north-01"},
    {"get-hotfix.txt", NULL},
    {"get-hotfix-list.txt", NULL},
    {"both.txt", NULL},
    {"dism-packages.txt", "file-02"},
    {"dism-table.txt", "file-02"},
    {"dism-features.txt", "file-02"},
    {"get-hotfix.json", NULL},
    {"get-computerinfo.json", NULL},
    {"get-windowspackage.json", "file-02"},
};

static void check_good(void **state)
{
    const struct good *good = *state;
    struct run run;
    char path[512];
    char *json;

    import_file(&run, good->name, good->host_id);
    if (run.status)
        fail_msg("%s", run.err.text);
    json = document(run.facts);
    assert_true(snprintf(path, sizeof(path), IMPORT_FOLDER "%s.json", good->name) <
                (int)sizeof(path));
    assert_file(path, json);
    free(json);
    run_end(&run);
}

static struct refused {
    const char *name; /* of the file */
    const char *reason;
} refuseds[] = {
    {"refused-offered.txt", "line 1: a list of updates that are offered"},
    {"refused-two-hosts.txt", "line 45: a second version of Windows (the first is in line 4)"},
    {"refused-two-names.txt", "line 3: a second host, \"TWO\" (the first is \"ONE\")"},
    {"refused-no-name.txt", "--host-id"},
    {"refused-other.txt", "line 2: neither"},
    {"refused-json.txt", "is a document of its own"},
    {"qfe-blank.txt", "--host-id"},
    {"qfe-brief.txt", "--host-id"},
};

static void check_refused(void **state)
{
    const struct refused *refused = *state;
    struct run run;

    import_file(&run, refused->name, NULL);
    assert_int_equal(run.status, PREREQ_BAD_INPUT);
    if (!strstr(run.err.text, refused->reason))
        fail_msg("\"%s\" does not say \"%s\"", run.err.text, refused->reason);
    run_end(&run);
}

/* ---- encodings: one text, the same facts ---- */

static struct encoding {
    const char *name;
    const char *mark;
    size_t mark_len;
    int width; /* 1: UTF-8; 2: UTF-16LE; -2: UTF-16BE */
} encodings[] = {
    {"UTF-8", "", 0, 1},     {"UTF-8 with byte order mark", "\xEF\xBB\xBF", 3, 1},
    {"UTF-16LE", "", 0, 2},  {"UTF-16LE with byte order mark", "\xFF\xFE", 2, 2},
    {"UTF-16BE", "", 0, -2}, {"UTF-16BE with byte order mark", "\xFE\xFF", 2, -2},
};

static void check_encoding(void **state)
{
    const struct encoding *encoding = *state;
    struct prereq_import_options options = options_for("server-2019.txt", NULL);
    size_t len, out = encoding->mark_len;
    char *ascii = read_input("server-2019.txt", &len);
    char *bytes = calloc(len * 2 + 3, 1);
    struct run run;
    char *json;

    assert_non_null(bytes);
    memcpy(bytes, encoding->mark, encoding->mark_len);
    for (size_t i = 0; i < len; i++) {
        out += encoding->width == -2;
        bytes[out++] = ascii[i];
        out += encoding->width == 2;
    }
    run_start(&run, bytes, out, &options, NO_LIMIT);
    if (run.status)
        fail_msg("%s", run.err.text);
    json = document(run.facts);
    assert_file(IMPORT_FOLDER "server-2019.txt.json", json);
    free(json);
    free(bytes);
    free(ascii);
    run_end(&run);
}

/* ---- short texts that show one rule each ---- */

#define HEAD "Host Name:  H1\nOS Name:  Windows\n"
#define LOST_NAME "Host Name:  B\x9ARO-PC01\nOS Name:  Windows\n"
#define ENGLISH(domain)                                                                            \
    HEAD VERSION "Time Zone:  (UTC) Coordinated Universal Time\n"                                  \
                 "A:  1\nB:  2\nC:  3\nD:  4\nE:  5\nPage File:  C:\\pagefile.sys\n"               \
                 "Domain:  " domain "\nLogon Server:  \\\\DC01\n"
#define VERSION "OS Version:  6.1.7601 Service Pack 1 Build 7601\n"

static struct rule {
    const char *name;
    const char *text;
    const char *contains; /* of the document; or of the reason, when it begins with '!' */
} rules[] = {
    {"no service pack", HEAD "V:  6.1.7600 N/A Build 7600\n", "\"servicePack\": 0"},
    {"no service pack, no word", HEAD "V:  5.2.3790 Build 3790\n", "\"servicePack\": 0"},
    {"service pack with another word behind it", HEAD "V:  5.2.3790 Javítócsomag 2. Build 3790\n",
     "\"servicePack\": 2"},
    {"the build stands first", HEAD "V:  5.2.3790 build 3790 SP 1\n", "\"servicePack\": 1"},
    {"a number that is no service pack", HEAD "V:  6.1.7601 v721 Build 7601\n",
     "\"fact\": \"os.servicePack\""},
    {"a BIOS version is no version of Windows", HEAD "BIOS:  1.2.3456, 2019\n", "!neither"},
    {"the host's name is missing", "OS Name:  Windows\n" VERSION, "!--host-id"},
    {"the host's name is blank", "Host Name:\nOS Name:  Windows\n" VERSION, "!--host-id"},
    {"letters of the name are lost in a code page", LOST_NAME VERSION,
     "!line 1: the host's name has letters of a code page that nobody names; make the text again "
     "after chcp 65001, or give --host-id"},
    {"the name in UTF-8", "Host Name:  B\xC3\x9CRO-PC01\nOS Name:  Windows\n" VERSION,
     "\"hostName\": \"B\xC3\x9CRO-PC01\""},
    {"a replacement letter that was there before",
     "CSName      HotFixID\nB\xEF\xBF\xBDRO-PC01  KB123456\n", "!give --host-id"},
    {"letters of the domain are lost", ENGLISH("B\x9ARO"),
     "!line 11: the host's domain has letters"},
    {"a domain whose letters are there", ENGLISH("buero.example"), "\"domain\": \"buero.example\""},
    {"lower-case kb and q", HEAD VERSION "H:  2\n [01]: kb123456\n [02]: q123456\n",
     "\"id\": \"Q123456\""},
    {"an id twice in two spellings is one update",
     "CSName  HotFixID  InstalledOn\nH1      KB123456  13/1/2020\nH1      kb123456  1/13/2020\n",
     "\"installedOn\": \"2020-01-13\""},
    {"one update with two dates: neither",
     "CSName  HotFixID  InstalledOn\nH1      KB123456  13/1/2020\nH1      KB123456  14/1/2020\n",
     "\"code\": \"conflict\""},
    {"names of NetBIOS are cut",
     "CSName             HotFixID\nABCDEFGHIJKLMNO    KB123456\n"
     "abcdefghijklmnopq  KB123457\n",
     "\"hostName\": \"abcdefghijklmnopq\""},
    {"nothing at all", "", "!line 1: the text is empty"},
    {"blanks without a line end", "   ", "!line 1: the text is empty"},
    {"Server Enterprise for remote sessions is no workstation by its name",
     "Host Name:  H1\nOS Name:  Windows 10 Enterprise multi-session\n" VERSION,
     "\"servicePackText\": \"Service Pack 1\"\n"},
    {"a column that PowerShell cut is no host name",
     "Source  HotFixID\n------  --------\nLAB...  KB123456\n", "!--host-id"},
    {"an updates list with an empty title is not a list of offered ones", "KB123456:\n",
     "!neither"},
};

static struct given {
    const char *name;
    const char *text, *contains; /* as above */
    const char *host_id;
} givens[] = {
    {"an id instead of the name that is lost", LOST_NAME VERSION, "\"hostName\": \"buero-pc01\"",
     "buero-pc01"},
    {"the lost name is no name of the host", LOST_NAME VERSION, "\"fact\": \"host.hostName\"",
     "buero-pc01"},
    {"an id instead", ENGLISH("B\x9ARO"), "\"fact\": \"host.domain\"", "h1"},
    {"an id that is blank", HEAD VERSION, "!the host id", " "},
    {"an id of letters that no id has", HEAD VERSION, "!the host id", "B\xC3\x9CRO"},
};

static void check(const char *text, const char *contains, const char *host_id)
{
    struct prereq_import_options options = options_for(NULL, host_id);
    bool refused = contains[0] == '!';
    struct run run;
    char *json = NULL;

    run_start(&run, text, strlen(text), &options, NO_LIMIT);
    assert_int_equal(run.status, refused ? PREREQ_BAD_INPUT : PREREQ_OK);
    if (!refused)
        json = document(run.facts);
    if (!strstr(refused ? run.err.text : json, contains + refused))
        fail_msg("\"%s\" does not hold \"%s\"", refused ? run.err.text : json, contains);
    free(json);
    run_end(&run);
}

static void check_rule(void **state)
{
    const struct rule *rule = *state;

    check(rule->text, rule->contains, NULL);
}

static void check_given(void **state)
{
    const struct given *given = *state;

    check(given->text, given->contains, given->host_id);
}

int main(void)
{
    int failed = RUN_TABLE(goods, check_good);

    failed |= RUN_TABLE(refuseds, check_refused);
    failed |= RUN_TABLE(encodings, check_encoding);
    failed |= RUN_TABLE(rules, check_rule);
    failed |= RUN_TABLE(givens, check_given);
    return failed;
}
