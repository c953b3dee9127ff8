import type { ClientInfo } from '../context/client.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { PreparedOperation } from './prepared.ts';

/** The one thing that a build which is no longer supported may ask: whether it is supported. */
const answered: ReadonlySet<string> = new Set(['appStatus', '__typename']);

/** Whether an operation is answered even to builds that are otherwise refused. */
export function answersRetired({ rootFields }: PreparedOperation): boolean {
  return rootFields.every((field) => answered.has(field));
}

/**
 * What a retired build is told. As 426 it names what to upgrade to, since RFC 9110 §15.5.22 says that the answer MUST have an
 * `Upgrade` header: a product and its version are such a token.
 */
export function retiredRefusal(client: ClientInfo, status: 403 | 426): GatewayError {
  const { name, minimumVersion, storeUrl, message } = client;
  return new GatewayError('CLIENT_VERSION_UNSUPPORTED', {
    ...(message !== undefined && { publicMessage: message }),
    details: { ...(minimumVersion && { minimumVersion }), ...(storeUrl && { storeUrl }) },
    ...(status === 426 && {
      httpStatus: status,
      headers: { upgrade: `${name}/${minimumVersion ?? '1'}`, connection: 'upgrade' },
    }),
    context: { client: name, version: client.version },
  });
}
