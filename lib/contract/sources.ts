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
  queryBlanket: page(
    'IServerSecurity::QueryBlanket',
    'api/objidlbase/nf-objidlbase-iserversecurity-queryblanket',
  ),
  impersonationLevels: page('Impersonation Levels', 'com/impersonation-levels'),
  cloaking: page('Cloaking', 'com/cloaking'),
  clientSecurityDuringCall: page(
    'Client Security During an Asynchronous Call',
    'com/client-security-during-an-asynchronous-call',
  ),
  initializeSecurity: page(
    'CoInitializeSecurity',
    'api/combaseapi/nf-combaseapi-coinitializesecurity',
  ),
  impersonateClientFunction: page(
    'CoImpersonateClient',
    'api/combaseapi/nf-combaseapi-coimpersonateclient',
  ),
  duplicateToken: page(
    'DuplicateTokenEx',
    'api/securitybaseapi/nf-securitybaseapi-duplicatetokenex',
  ),
} as const;
