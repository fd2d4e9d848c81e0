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
  makingAnAsynchronousCall: page('Making an Asynchronous Call', 'com/making-an-asynchronous-call'),
  makingAndProcessing: page(
    'Making and Processing Asynchronous Calls',
    'com/making-and-processing-asynchronous-calls',
  ),
  cancelingAnAsynchronousCall: page(
    'Canceling an Asynchronous Call',
    'com/canceling-an-asynchronous-call',
  ),
  cancel: page(
    'ICancelMethodCalls::Cancel',
    'api/objidlbase/nf-objidlbase-icancelmethodcalls-cancel',
  ),
  testCancel: page(
    'ICancelMethodCalls::TestCancel',
    'api/objidlbase/nf-objidlbase-icancelmethodcalls-testcancel',
  ),
  queryInterface: page(
    'IUnknown::QueryInterface',
    'api/unknwn/nf-unknwn-iunknown-queryinterface(refiid_void)',
  ),
  createCall: page(
    'ICallFactory::CreateCall',
    'api/objidlbase/nf-objidlbase-icallfactory-createcall',
  ),
  wait: page('ISynchronize::Wait', 'api/objidlbase/nf-objidlbase-isynchronize-wait'),
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
  rpcImpersonateClient: page('RpcImpersonateClient', 'api/rpcdce/nf-rpcdce-rpcimpersonateclient'),
  duplicateToken: page(
    'DuplicateTokenEx',
    'api/securitybaseapi/nf-securitybaseapi-duplicatetokenex',
  ),
} as const;
