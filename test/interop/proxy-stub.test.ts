import assert from 'node:assert/strict';

import { Program } from '../support/program.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';

describe('async_com_ps.dll', () => {
  it('returns only its own class object, and can be unloaded when nothing uses it', async () => {
    const lines = await Program.run('proxy_stub_lifetime', proxyStubDll);
    assert.deepEqual(lines, [
      'can unload at first: 00000000',
      'another class: 80040111', // CLASS_E_CLASSNOTAVAILABLE
      'its class: 00000000',
      'can unload meanwhile: 00000001', // S_FALSE
      'can unload at last: 00000000',
      'DllRegisterServer: none',
      'DllUnregisterServer: none',
    ]);
  });
});
