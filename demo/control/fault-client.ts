import { ApiError } from '../http/json.ts';

const timeoutMs = 2_000;

/** Sends one request to the fault switch of a service and resolves to its answer. */
export type FaultClient = (baseUrl: string, method: string, path: string, body?: unknown) => Promise<unknown>;

/** @param token what the services know the control by. */
export function faultClient(token: string): FaultClient {
  return async (baseUrl, method, path, body) => {
    const response = await fetch(`${baseUrl}/__faults${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => {
      throw new ApiError(503, 'service_unreachable', 'the service does not answer; is it up?');
    });
    const text = await response.text();
    const answer = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    if (!response.ok) throw new ApiError(response.status, 'fault_refused', refusalOf(answer));
    return answer;
  };
}

/** The sentence in a problem document (RFC 9457), with the parts that are wrong. */
function refusalOf(problem: Record<string, unknown>): string {
  const errors = (problem['errors'] ?? []) as { pointer?: string; detail?: string }[];
  const details = errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
  return [problem['detail'] ?? problem['title'] ?? 'the service refused', ...details].join(' ');
}
