import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { identities } from '../services/seed/identities.ts';
import { ApiError } from '../http/json.ts';
import { identityNamed } from './claims.ts';

/** Where the person is sent to choose who to be. */
export const signInPath = '/sign-in';

const maxFormBytes = 1_024;

// Everything on the page is ours and static; only the interaction's id varies, and the provider made it.
const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 26rem; margin: 4rem auto; padding: 0 1rem }
  button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; font: inherit; text-align: left;
    border: 1px solid #8886; border-radius: .5rem; background: none; color: inherit; cursor: pointer }
  button:hover, button:focus-visible { border-color: #06c; outline: none }
  small { display: block; opacity: .7 }`;

const choices = Object.entries(identities)
  .map(
    ([name, identity]) =>
      `<button name="identity" value="${name}">${identity.displayName}<small>${identity.about}</small></button>`,
  )
  .join('\n');

function page(action: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Sign in to the Facet demo</title><style>${style}</style>
<h1>Who are you today?</h1><p>This is the demo's own identity provider: pick a person, no password.</p>
<form method="post" action="${action}">${choices}</form></html>`;
}

async function chosenIdentity(request: IncomingMessage): Promise<string> {
  let form = '';
  for await (const chunk of request) {
    form += String(chunk);
    if (form.length > maxFormBytes) throw new ApiError(413, 'too_large', 'that form is too large');
  }
  return new URLSearchParams(form).get('identity') ?? '';
}

/**
 * GET shows the people to choose from, POST signs in as one and goes back to the client. The provider's cookie binds
 * the interaction to the browser that began it.
 */
export async function serveSignIn(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const interaction = await provider.interactionDetails(request, response).catch(() => {
    throw new ApiError(400, 'no_sign_in', 'this sign-in is over or was begun elsewhere; start again from the app');
  });
  if (request.method === 'POST') {
    const identity = identityNamed(await chosenIdentity(request));
    if (!identity) throw new ApiError(400, 'unknown_identity', 'pick one of the people on the page');
    const result = { login: { accountId: identity.id, amr: ['demo'] }, consent: {} };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return;
  }
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // No form-action: browsers apply it to the redirects that lead back to the client, too.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(page(`${signInPath}/${interaction.uid}`));
}
