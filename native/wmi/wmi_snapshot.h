/* SPDX-License-Identifier: MIT */
/* wmi_snapshot.h - one assessment document in memory, never changed, held by whoever uses it.
 *
 * The DLL keeps the newest one, replaces it when the file's identity changes, and holds it for the
 * time of a request or of the rows of one.  Reading and trusting the file is the DLL's affair. */
#ifndef PREREQ_WMI_SNAPSHOT_H
#define PREREQ_WMI_SNAPSHOT_H

#include "documents/assessment.h"

struct prereq_wmi_snapshot;

/* What a snapshot may take: the largest document that is read, many times over. */
#define PREREQ_WMI_MEMORY ((size_t)1 << 30)

/* Of the bytes of a document, which are not needed afterwards; takes at most `limit` bytes.
 * PREREQ_BAD_INPUT: it is none, or two rows of a class share a key. */
enum prereq_status prereq_wmi_snapshot_read(const char *json, size_t len, size_t limit,
                                            struct prereq_wmi_snapshot **snapshot,
                                            struct prereq_error *err);
/* There is no usable document, and `why`: "assessment.json is not there".  Summary says Evaluated
 * false, every other class fails with this and the remedy. */
enum prereq_status prereq_wmi_snapshot_none(const char *why, struct prereq_wmi_snapshot **snapshot,
                                            struct prereq_error *err);
/* The newest document is not usable, and `why`; `good` is shown in its place: Stale true, reason
 * code document_refused.  Shares and holds the document of `good`, which may itself stand in. */
enum prereq_status prereq_wmi_snapshot_last_good(struct prereq_wmi_snapshot *good, const char *why,
                                                 struct prereq_wmi_snapshot **snapshot,
                                                 struct prereq_error *err);

/* Every snapshot is made held once.  Both may be called from any thread; drop takes NULL. */
struct prereq_wmi_snapshot *prereq_wmi_snapshot_hold(struct prereq_wmi_snapshot *snapshot);
void prereq_wmi_snapshot_drop(struct prereq_wmi_snapshot *snapshot);

/* NULL: there is no usable document. */
const struct prereq_assessment *
prereq_wmi_snapshot_assessment(const struct prereq_wmi_snapshot *snapshot);
/* That the newest document is not usable, why, and what to do, in whole sentences: Summary's Reason
 * and the error of every class that cannot answer.  NULL: it is usable. */
const char *prereq_wmi_snapshot_why(const struct prereq_wmi_snapshot *snapshot);
/* The figures at `now`, whatever there is. */
void prereq_wmi_snapshot_summary(const struct prereq_wmi_snapshot *snapshot, struct prereq_time now,
                                 struct prereq_summary *summary);

#endif
