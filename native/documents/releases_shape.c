/* SPDX-License-Identifier: MIT */
/* releases_shape.c - the members of release lines and their rows. */
#include "documents/catalog_shape.h"
#include "documents/releases.h"

const char *const prereq_cadence_names[] = {"B",     "preview", "out-of-band", "hotpatch",
                                            "level", "other",   NULL};
const char *const prereq_track_names[] = {"rollup", "security-only", "ie", NULL};
const char *const prereq_end_kind_names[] = {"service", "esu", NULL};

#define R prereq_release
static const struct prereq_member release_members[] = {
    PREREQ_M_UINT("level", R, level, "the revision that it brings"),
    PREREQ_M_VERSION("version", R, version,
                     "the version that it brings, where levels are versions"),
    PREREQ_M_UINTS("levels", R, levels, level_count,
                   "all revisions of a release that came again; level is the lowest"),
    PREREQ_M_ID("kb", R, kb, true, "its key"),
    PREREQ_M_DATE("day", R, day, "release day"),
    PREREQ_M_ENUM("cadence", R, cadence, true, prereq_cadence_names, "B: Patch Tuesday"),
    PREREQ_M_FLAG(
        "security", R, security,
        "the vendor's security data name it, or it is a Patch Tuesday release where they end"),
    PREREQ_M_ENUM("severity", R, severity, false, prereq_severity_names, "worst one of its CVEs"),
    PREREQ_M_UINT("baseline", R, baseline, "of a hotpatch: the level that it is made for"),
    PREREQ_M_VERSION("stack", R, stack, "servicing stack that has to be on before"),
    PREREQ_M_UINTS("cves", R, cves, cve_count, "positions in the file's cves"),
    PREREQ_M_ENUM("track", R, track, false, prereq_track_names, "on lines with tracks"),
    PREREQ_M_DATE("withdrawn", R, withdrawn, "the day from which it is no longer offered"),
    PREREQ_M_TEXT("conflict", R, conflict, "two sources are at odds; judged Unknown"),
    PREREQ_M_UINT("source", R, source, "position in the line's sources; left out: the first"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_release_shape = {"release", "One release: a row of a line.",
                                                  sizeof(struct prereq_release), release_members,
                                                  false};

#define R prereq_level_registry
static const struct prereq_member registry_members[] = {
    PREREQ_M_TEXT_REQ("key", R, key, "HKLM\\..."), PREREQ_M_TEXT("name", R, name, "of the value"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape registry_shape = {"levelRegistry", "A registry value.",
                                                   sizeof(struct prereq_level_registry),
                                                   registry_members, false};

#define R prereq_level_place
static const struct prereq_member place_members[] = {
    PREREQ_M_TEXT("os", R, os, "ubr: the revision of the operating system"),
    PREREQ_M_TEXT("instance", R, instance, "the version of instances of this product"),
    PREREQ_M_TEXT("file", R, file, "the version of this file"),
    PREREQ_M_TEXT("package", R, package, "the version of this CBS package"),
    PREREQ_M_OBJECT("registry", R, registry, false, &registry_shape, "a number in the registry"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape place_shape = {"levelPlace", "Where a host's level is read.",
                                                sizeof(struct prereq_level_place), place_members,
                                                true};

#define R prereq_line_end
static const struct prereq_member end_members[] = {
    PREREQ_M_UINTS("builds", R, builds, build_count, "that it is about; left out: all"),
    PREREQ_M_TEXTS("editions", R, editions, edition_count,
                   "as the registry's EditionID says them; left out: all"),
    PREREQ_M_ENUMS("productTypes", R, product_types, product_type_count, prereq_product_type_names,
                   "left out: all"),
    PREREQ_M_ENUM("kind", R, kind, true, prereq_end_kind_names, "of service, or of an ESU year"),
    PREREQ_M_UINT("year", R, year, "of ESU"),
    PREREQ_M_ID("licence", R, licence, false, "entry whose effect proves the ESU year"),
    PREREQ_M_DATE("day", R, day, "the last one"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape end_shape = {"lineEnd", "A last day.",
                                              sizeof(struct prereq_line_end), end_members, false};

#define R prereq_line_proof
static const struct prereq_member proof_members[] = {
    PREREQ_M_TEXT_REQ("file", R, file, "path as in facts"),
    PREREQ_M_ENUM("architecture", R, architecture, true, prereq_architecture_names,
                  "of the operating system"),
    PREREQ_M_UINT("family", R, family, "third number of the file's version"),
    PREREQ_M_UINTS("levels", R, levels, level_count, "of the line, lowest first"),
    PREREQ_M_UINTS("revisions", R, revisions, revision_count,
                   "last number of the file's version at that level, in the same order"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape proof_shape = {
    "lineProof", "A file whose revision is known for levels of the line.",
    sizeof(struct prereq_line_proof), proof_members, false};

#define R prereq_line
static const struct prereq_member line_members[] = {
    PREREQ_M_ID("id", R, id, true, "of the line, and of the status of a host on it"),
    PREREQ_M_TEXT_REQ("title", R, title, "for people"),
    PREREQ_M_ID("product", R, product, false, "product of the catalog that it covers"),
    PREREQ_M_OBJECT("applies", R, applies, true, &prereq_rule_shape, "who is on it"),
    PREREQ_M_OBJECT("level", R, level, true, &place_shape, "where a host's level is read"),
    PREREQ_M_TEXT("package", R, package, "CBS package whose state is the update's"),
    PREREQ_M_DATE("dataThrough", R, data_through, "the day up to which the rows are whole"),
    PREREQ_M_UINTS("checkpoints", R, checkpoints, checkpoint_count,
                   "levels that have to be on before later ones"),
    PREREQ_M_OBJECTS("ends", R, ends, end_count, &end_shape, "last days"),
    PREREQ_M_OBJECTS("proof", R, proofs, proof_count, &proof_shape, "files known per level"),
    PREREQ_M_OBJECTS("sources", R, sources, source_count, &prereq_reference_shape,
                     "where the rows come from; left out: as the file says"),
    PREREQ_M_TEXTS("columns", R, columns, column_count,
                   "members of a row, in the order of its cells"),
    PREREQ_M_TABLE("rows", R, rows, row_count, &prereq_release_shape, "lowest level first"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_line_shape = {"line", "The releases of one servicing branch.",
                                               sizeof(struct prereq_line), line_members, false};

#define R prereq_exploited
static const struct prereq_member exploited_members[] = {
    PREREQ_M_TEXT_REQ("cve", R, cve, "one of the file's cves"),
    PREREQ_M_DATE("added", R, added, "the day it was put on the list"),
    PREREQ_M_FLAG("ransomware", R, ransomware, "known to be used by ransomware"), PREREQ_M_END};
#undef R
static const struct prereq_shape exploited_shape = {
    "exploited", "A vulnerability that is known to be exploited.", sizeof(struct prereq_exploited),
    exploited_members, false};

#define R prereq_releases_file
static const struct prereq_member file_members[] = {
    PREREQ_M_TEXT_REQ("format", R, format, "patchprereq-releases/1.0"),
    PREREQ_M_TEXT_REQ("family", R, family, "the folder that it lies in"),
    PREREQ_M_DATE("dataThrough", R, data_through, "the latest of its lines"),
    PREREQ_M_OBJECTS("sources", R, sources, source_count, &prereq_reference_shape,
                     "where the data come from"),
    PREREQ_M_TEXTS("cves", R, cves, cve_count, "that rows name by position"),
    PREREQ_M_OBJECTS("exploited", R, exploited, exploited_count, &exploited_shape,
                     "those of them that are known to be exploited"),
    PREREQ_M_OBJECTS("lines", R, lines, line_count, &prereq_line_shape, "by id"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape file_shape = {"releases", "Release lines of one family.",
                                               sizeof(struct prereq_releases_file), file_members,
                                               false};

const struct prereq_document prereq_releases_document = {"patchprereq-releases", 1, 0, &file_shape,
                                                         PREREQ_MAX_CATALOG_BYTES};
