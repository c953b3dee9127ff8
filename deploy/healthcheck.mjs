/** Ends with 0 while the process is alive; `FACET_HEALTH_URL` names another address than the image's admin port. */
const url = process.env['FACET_HEALTH_URL'] ?? 'http://127.0.0.1:4100/livez';
const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
