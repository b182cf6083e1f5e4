/* SPDX-License-Identifier: MIT */
/* events.c - IWbemEventProvider and its query sink: whether anybody waits for events. */
#include "watcher.h"

#include <stdlib.h>
#include <string.h>

PROVIDER_UNKNOWN(events, IWbemEventProvider)
PROVIDER_UNKNOWN(queries, IWbemEventProviderQuerySink)

/* With the lock held: what has to be stopped when it is free again. */
static struct watcher *settle(struct provider *provider, bool anew)
{
    bool wanted = provider->events && provider->query_count > 0;
    struct watcher *old = NULL;

    if (provider->watcher && (!wanted || anew)) {
        old = provider->watcher;
        provider->watcher = NULL;
    }
    if (wanted && !provider->watcher)
        provider->watcher = watcher_start(provider->name_space, provider->events);
    return old;
}

static HRESULT WINAPI events_ProvideEvents(IWbemEventProvider *iface, IWbemObjectSink *sink,
                                           LONG flags)
{
    struct provider *provider = events_of(iface);
    IWbemObjectSink *old;
    struct watcher *stopped;

    (void)flags;
    if (!sink || !provider->name_space)
        return RESULT(E_INVALID_PARAMETER);
    IWbemObjectSink_AddRef(sink);
    AcquireSRWLockExclusive(&provider->lock);
    old = provider->events;
    provider->events = sink;
    stopped = settle(provider, true);
    ReleaseSRWLockExclusive(&provider->lock);
    watcher_stop(stopped);
    if (old)
        IWbemObjectSink_Release(old);
    return RESULT(S_NO_ERROR);
}

/* ---- queries: their text does not matter, all ask for the one class ---- */

static size_t find(const struct provider *provider, ULONG id)
{
    size_t i = 0;

    while (i < provider->query_count && provider->queries[i] != id)
        i++;
    return i;
}

static bool add(struct provider *provider, ULONG id)
{
    ULONG *more;

    if (find(provider, id) < provider->query_count)
        return true;
    more = realloc(provider->queries, (provider->query_count + 1) * sizeof(*more));
    if (!more)
        return false;
    provider->queries = more;
    provider->queries[provider->query_count++] = id;
    return true;
}

static HRESULT WINAPI queries_NewQuery(IWbemEventProviderQuerySink *iface, ULONG id,
                                       WBEM_WSTR language, WBEM_WSTR query)
{
    struct provider *provider = queries_of(iface);
    struct watcher *stopped;
    bool added;

    (void)language;
    (void)query;
    AcquireSRWLockExclusive(&provider->lock);
    added = add(provider, id);
    stopped = settle(provider, false);
    ReleaseSRWLockExclusive(&provider->lock);
    watcher_stop(stopped);
    return added ? RESULT(S_NO_ERROR) : RESULT(E_OUT_OF_MEMORY);
}

static HRESULT WINAPI queries_CancelQuery(IWbemEventProviderQuerySink *iface, ULONG id)
{
    struct provider *provider = queries_of(iface);
    struct watcher *stopped;
    size_t at;

    AcquireSRWLockExclusive(&provider->lock);
    at = find(provider, id);
    if (at < provider->query_count)
        provider->queries[at] = provider->queries[--provider->query_count];
    stopped = settle(provider, false);
    ReleaseSRWLockExclusive(&provider->lock);
    watcher_stop(stopped);
    return RESULT(S_NO_ERROR);
}

void events_end(struct provider *provider)
{
    watcher_stop(provider->watcher);
    provider->watcher = NULL;
    if (provider->events)
        IWbemObjectSink_Release(provider->events);
    provider->events = NULL;
    free(provider->queries);
    provider->queries = NULL;
    provider->query_count = 0;
}

IWbemEventProviderVtbl events_vtbl = {
    .QueryInterface = events_QueryInterface,
    .AddRef = events_AddRef,
    .Release = events_Release,
    .ProvideEvents = events_ProvideEvents,
};

IWbemEventProviderQuerySinkVtbl queries_vtbl = {
    .QueryInterface = queries_QueryInterface,
    .AddRef = queries_AddRef,
    .Release = queries_Release,
    .NewQuery = queries_NewQuery,
    .CancelQuery = queries_CancelQuery,
};
