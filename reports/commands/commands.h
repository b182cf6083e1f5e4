/* SPDX-License-Identifier: MIT */
/* commands.h - what each command does; the table in commands.c names them. */
#ifndef REPORTS_COMMANDS_H
#define REPORTS_COMMANDS_H

#include "program/options.h"

enum outcome cmd_collect(const struct options *options);
enum outcome cmd_import(const struct options *options);
enum outcome cmd_assess(const struct options *options);
enum outcome cmd_plan(const struct options *options);
enum outcome cmd_report(const struct options *options);
enum outcome cmd_refresh(const struct options *options);
enum outcome cmd_explain(const struct options *options);
enum outcome cmd_catalog_search(const struct options *options);
enum outcome cmd_catalog_graph(const struct options *options);
enum outcome cmd_catalog_list(const struct options *options);
enum outcome cmd_catalog_show(const struct options *options);
enum outcome cmd_catalog_probes(const struct options *options);
enum outcome cmd_catalog_lint(const struct options *options);
enum outcome cmd_catalog_test(const struct options *options);
enum outcome cmd_catalog_pack(const struct options *options);
enum outcome cmd_catalog_keygen(const struct options *options);
enum outcome cmd_catalog_verify(const struct options *options);
enum outcome cmd_catalog_install(const struct options *options);
enum outcome cmd_provider_register(const struct options *options);
enum outcome cmd_provider_unregister(const struct options *options);
enum outcome cmd_provider_repair(const struct options *options);
enum outcome cmd_provider_status(const struct options *options);

/* The whole program: read the command line, run, say what went wrong.  Returns the exit code. */
int program_run(int argc, const char *const *argv);

#endif
