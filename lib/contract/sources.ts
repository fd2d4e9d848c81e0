import type { Source } from './rule.js';

const learn = 'https://learn.microsoft.com/en-us/windows/win32/';

function page(title: string, path: string): Source {
  return { title, url: learn + path };
}

export const sources = {
  impersonationAndAsynchronousCalls: page(
    'Impersonation and Asynchronous Calls',
    'com/impersonation-and-asynchronous-calls',
  ),
  impersonation: page('Impersonation', 'com/impersonation'),
  serverSideSecurity: page('Server-Side Security', 'com/server-side-security'),
  impersonateClient: page(
    'IServerSecurity::ImpersonateClient',
    'api/objidlbase/nf-objidlbase-iserversecurity-impersonateclient',
  ),
  revertToSelf: page(
    'IServerSecurity::RevertToSelf',
    'api/objidlbase/nf-objidlbase-iserversecurity-reverttoself',
  ),
  getCallContext: page('CoGetCallContext', 'api/combaseapi/nf-combaseapi-cogetcallcontext'),
  signal: page('ISynchronize::Signal', 'api/objidlbase/nf-objidlbase-isynchronize-signal'),
  duplicateToken: page(
    'DuplicateTokenEx',
    'api/securitybaseapi/nf-securitybaseapi-duplicatetokenex',
  ),
} as const;
