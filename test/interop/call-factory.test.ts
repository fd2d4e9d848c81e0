import assert from 'node:assert/strict';

import { hresultName } from '#lib/errors/hresult-names.js';
import { newClsid } from '#lib/value/identifiers.js';

import { Child } from '../support/child.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import { NativeClient } from './peers.js';

/** A controlling unknown by its name in native/testing/call_factory_class.h, and the answer. */
const cases: readonly (readonly [controlling: string, answer: string])[] = [
  ['local', 'S_OK'],
  ['null', 'E_NOINTERFACE'],
  ['argument', 'E_NOINTERFACE'],
  ['argument elsewhere', 'E_NOINTERFACE'],
  ['own server object', 'E_NOINTERFACE'],
  ['own class object', 'E_NOINTERFACE'],
];

describe('CreateCall while a call of another process runs', () => {
  const clsid = newClsid();
  let server: Child;
  let client: NativeClient;

  before(async () => {
    server = await Child.start('call-factory-server', clsid);
    client = await NativeClient.start('sync_client', clsid, proxyStubDll);
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  for (const [controlling, expected] of cases) {
    it(`returns ${expected} for this controlling unknown: ${controlling}`, async () => {
      const answer = await client.callInWords(controlling, 'object');
      assert.ok('value' in answer, JSON.stringify(answer));
      assert.equal(hresultName(Number(answer.value.slice('i4:'.length))), expected);
    });
  }
});
