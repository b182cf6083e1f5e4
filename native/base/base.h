/* SPDX-License-Identifier: MIT */
/* base.h - the ground every module stands on: status, error text, arena, text, time, version.
 *
 * Nothing here does I/O or asks a clock, a locale or the environment. */
#ifndef PREREQ_BASE_H
#define PREREQ_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__MINGW32__)
#define PREREQ_PRINTF(fmt, first) __attribute__((format(gnu_printf, fmt, first)))
#elif defined(__GNUC__)
#define PREREQ_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#else
#define PREREQ_PRINTF(fmt, first)
#endif

#define PREREQ_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Why a call failed.  A fact that nobody collected is not a failure: it is an answer. */
enum prereq_status {
    PREREQ_OK = 0,
    PREREQ_NO_MEMORY, /* the arena's limit was reached, or malloc() failed */
    PREREQ_BAD_INPUT, /* the text is not what its format says */
    PREREQ_IO,        /* a file could not be read or written */
    PREREQ_INTERNAL,  /* a check of our own result failed; nothing of it may be shown */
};

/* One English sentence without a final newline: what is wrong with what, where. */
struct prereq_error {
    enum prereq_status status;
    char text[1024];
};

/* Write the sentence and return `status`.  `err` may be NULL. */
enum prereq_status prereq_fail(struct prereq_error *err, enum prereq_status status, const char *fmt,
                               ...) PREREQ_PRINTF(3, 4);
#ifdef __clang_analyzer__
/* The analyzer does not look into error.c; it must know that a failure is never PREREQ_OK. */
#define prereq_fail(err, status, ...) ((prereq_fail)(err, status, __VA_ARGS__), (status))
#endif
/* Put "prefix: " before the sentence (a file name, one caller up) and return its status. */
enum prereq_status prereq_fail_prefix(struct prereq_error *err, const char *prefix);

/* ---- arena: everything of one run, made once, never changed, dropped whole ---- */

struct prereq_arena;

/* An arena that hands out at most `limit` bytes.  NULL when malloc() fails. */
struct prereq_arena *prereq_arena_new(size_t limit);
void prereq_arena_free(struct prereq_arena *arena); /* NULL is allowed */
/* Forget what was handed out, keep (some of) the memory: for one host after the other. */
void prereq_arena_reset(struct prereq_arena *arena);
size_t prereq_arena_used(const struct prereq_arena *arena);

/* Zeroed, aligned for any type.  NULL when the limit is reached; size 0 gives a valid pointer. */
void *prereq_alloc(struct prereq_arena *arena, size_t count, size_t size);
/* The same with whatever stands there, for what is filled at once. */
void *prereq_alloc_unset(struct prereq_arena *arena, size_t bytes);
/* NULL only for want of memory. */
char *prereq_strdup(struct prereq_arena *arena, const char *text);
char *prereq_strndup(struct prereq_arena *arena, const char *text, size_t len);
char *prereq_printf(struct prereq_arena *arena, const char *fmt, ...) PREREQ_PRINTF(2, 3);
/* Grow an array in the arena to hold one more.  False: no memory. */
bool prereq_grow(struct prereq_arena *arena, void **items, size_t count, size_t *capacity,
                 size_t size);

#define PREREQ_NEW(arena, type) ((type *)prereq_alloc((arena), 1, sizeof(type)))
#define PREREQ_NEW_ARRAY(arena, count, type) ((type *)prereq_alloc((arena), (count), sizeof(type)))

/* ---- buffer: text that grows on the heap; the caller frees it ---- */

struct prereq_buffer {
    char *text; /* NUL-terminated; NULL while empty */
    size_t len;
    size_t capacity;
    bool failed; /* malloc() failed: text is incomplete */
};

void prereq_buffer_free(struct prereq_buffer *buffer);
void prereq_buffer_add(struct prereq_buffer *buffer, const char *text);
void prereq_buffer_add_bytes(struct prereq_buffer *buffer, const char *bytes, size_t len);
void prereq_buffer_addf(struct prereq_buffer *buffer, const char *fmt, ...) PREREQ_PRINTF(2, 3);

/* ---- UTF-8 ---- */

/* True for well-formed UTF-8 (no surrogates, no over-long forms, at most U+10FFFF) without NUL.
 * On false *bad is the offset of the first wrong byte. */
bool prereq_utf8_valid(const char *text, size_t len, size_t *bad);
/* One character (at most U+10FFFF) as UTF-8; returns its number of bytes. */
size_t prereq_utf8_put(uint32_t c, char out[4]);
/* The character at bytes[*at] of UTF-16 text, of which at least two bytes are left; *at moves
 * behind it.  A lone surrogate is U+FFFD. */
uint32_t prereq_utf16_next(const unsigned char *bytes, size_t len, size_t *at, bool big_endian);
/* A control, or a character that Unicode has nobody see: two texts that differ in it look alike. */
bool prereq_is_hidden(uint32_t c);
/* Add text without hidden characters and bytes that are not UTF-8: those come out as \n or \x1b. */
void prereq_printable_add(struct prereq_buffer *out, const char *text);
/* Take the beginning of a character off the end of a text that a buffer cut. */
void prereq_utf8_mend(char *text);
/* At most `bytes` of a text for a sentence, cut between characters and then ending in "...".  For
 * "%s": a precision would cut inside a character. */
struct prereq_clipped {
    char text[1024];
};
struct prereq_clipped prereq_clip(const char *text, size_t bytes);
#define PREREQ_CLIP(whole, bytes) (prereq_clip((whole), (bytes)).text)
/* Compare without regard to the case of A-Z only: ids, registry keys, paths, KB numbers.  Never the
 * locale.  Returns <0, 0, >0. */
int prereq_compare_nocase(const char *a, const char *b);
bool prereq_equal_nocase(const char *a, const char *b);
bool prereq_starts_nocase(const char *text, const char *prefix);
/* A number that texts have in common when they are equal without regard to case. */
uint64_t prereq_hash_nocase(const char *text);
/* The character at *text, which moves behind it; 0 at the end, where it stays.  A byte that is not
 * UTF-8 comes out as a surrogate that no other byte has. */
uint32_t prereq_utf8_next(const char **text);
/* Simple case folding of the Unicode standard: one character for one, in all scripts. */
uint32_t prereq_fold(uint32_t c);
/* Compare without regard to case in any script: names of hosts, which people give. */
int prereq_compare_folded(const char *a, const char *b);
bool prereq_equal_folded(const char *a, const char *b);
/* Add the text with each character folded: equal for names that are the same. */
void prereq_fold_add(struct prereq_buffer *out, const char *text);
/* `*` and `?` without regard to case in any script; everything else stands for itself.  Time is at
 * most the product of both lengths for any pattern (no recursion). */
bool prereq_glob(const char *pattern, const char *text);

/* ---- time: UTC, proleptic Gregorian, whole seconds since 1970 ---- */

struct prereq_time {
    int64_t seconds;
    bool known;
    bool day_only; /* `seconds` is the start of the day; the hour is not known */
};

/* RFC 3339: 2026-11-22T08:15:00Z, with an offset, or a date alone (day_only).  False: not a time.
 */
bool prereq_time_parse(const char *text, struct prereq_time *time);
/* "2026-11-22T08:15:00Z", or "2026-11-22" when day_only; `out` holds at least 21 bytes. */
void prereq_time_format(struct prereq_time time, char out[32]);
int64_t prereq_time_day(struct prereq_time time); /* days since 1970-01-01, rounded down */
struct prereq_time prereq_time_from_seconds(int64_t seconds);
struct prereq_time prereq_time_from_date(int year, int month, int day);

/* ---- versions: 1 to 4 numbers, compared left to right, the shorter one zero padded ----
 * Source of the rules: rule "digits split at any non-digit" is OVAL's `version` datatype. */

struct prereq_version {
    uint32_t part[4];
    uint8_t parts; /* how many were written; 0: no version */
};

/* "5.00.2195.7006", "4,2,751,1", "39".  Text after the fourth number, as in
 * "6.1.7601.17514 (win7sp1_rtm)", is cut at the first space.  False: not a version. */
bool prereq_version_parse(const char *text, struct prereq_version *version);
int prereq_version_compare(struct prereq_version a, struct prereq_version b);
/* As many parts as were written, at least two; `out` holds 48 bytes. */
void prereq_version_format(struct prereq_version version, char out[48]);

#endif
