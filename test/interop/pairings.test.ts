import assert from 'node:assert/strict';
import { hresultName } from '#lib/errors/hresult-names.js';

import { newClsid } from '#lib/value/identifiers.js';
import { ProgramFailure } from '../support/program.js';
import {
  proxyStubDll,
  registeredProxyStub,
  registerProxyStub,
  unregisterProxyStub,
} from '../support/proxy-stub-registry.js';
import { skip } from '../support/skip.js';
import { wordsOf } from '../support/variant-words.js';
import { type Client, clients, NativeClient, servers, started } from './peers.js';
import { givesTheSameResults, values } from './same-results.js';

// CALL-10, CALL-11, CALL-15: every client works with every server and gets the same results.

/** COM returns one of these errors for an interface without a proxy. */
const noProxy = ['E_NOINTERFACE', 'REGDB_E_IIDNOTREG'];

describe('wordsOf()', () => {
  it('returns different words for different values (control)', () => {
    assert.equal(new Set(values.map(wordsOf)).size, values.length);
  });
});

for (const how of ['registered', 'unregistered'] as const) {
  describe(`programs that load the proxy/stub ${how === 'registered' ? 'through the registry' : 'from the DLL'}`, () => {
    const proxyStub = how === 'registered' ? 'registered' : proxyStubDll;
    let wrote = false;

    before(async function () {
      const found = await registeredProxyStub();
      if (found !== undefined) skip(this, `the proxy/stub is registered here already: ${found}`);
      if (how === 'unregistered') return;
      wrote = true;
      await registerProxyStub();
    });

    after(async () => {
      if (!wrote) return;
      await unregisterProxyStub();
      assert.equal(await registeredProxyStub(), undefined, 'nothing is left');
    });

    for (const server of servers) {
      describe(server.name, () => {
        const clsid = newClsid();
        let running: AsyncDisposable;

        before(async () => {
          running = await server.start(clsid, proxyStub);
        });

        after(() => running[Symbol.asyncDispose]());

        for (const caller of clients) {
          describe(`called by ${caller.name}`, () => {
            let client: Client;

            before(async function () {
              client = await started(this, caller, clsid, proxyStub);
            });

            after(async () => {
              await (client as Client | undefined)?.[Symbol.asyncDispose]();
            });

            givesTheSameResults(() => client);
          });
        }
      });
    }

    if (how === 'unregistered') {
      it('cannot load it through the registry (control)', async () => {
        const clsid = newClsid();
        await using _server = await servers[0]?.start(clsid, proxyStub);
        await assert.rejects(
          NativeClient.start('sync_client', clsid, 'registered'),
          (error) =>
            error instanceof ProgramFailure &&
            error.step === 'CoCreateInstance' &&
            noProxy.includes(hresultName(error.hresult)),
        );
      });
    }
  });
}
