import assert from 'node:assert/strict';
import { type BlanketOptions, Token } from 'async-com';
import { Connection } from '#lib/client/connection.js';

import { testAddon } from '../support/test-addon.js';

interface Recorded {
  readonly authnService: number;
  readonly authzService: number;
  readonly authnLevel: number;
  readonly impersonationLevel: number;
  readonly capabilities: number;
  readonly tokenWhenSet: boolean;
  readonly tokenWhenCalling: boolean;
}

// A recorder takes the place of the proxy and records what async-com asks of COM. Only Windows shows
// what COM does then (blanket.test.ts, identity.test.ts).
describe('the blanket that async-com sets on a proxy', () => {
  let connection: Connection;
  let token: Token;

  before(async () => {
    const { value } = await testAddon.duplicateProcessToken();
    assert.ok(value);
    token = new Token(value);
  });

  after(() => {
    token.close();
  });

  beforeEach(() => {
    connection = new Connection(testAddon.connectToRecorder());
  });

  afterEach(() => {
    connection.close();
  });

  async function recorded(blanket?: BlanketOptions): Promise<Recorded> {
    const method = blanket === undefined ? 'any' : { method: 'any', blanket };
    return JSON.parse((await connection.call(method)) as string) as Recorded;
  }

  it('is the proxy’s own when no option is set', async () => {
    const { authnLevel, impersonationLevel, tokenWhenCalling } = await recorded();
    assert.deepEqual([authnLevel, impersonationLevel, tokenWhenCalling], [6, 2, false]);
    const blanket = await connection.queryBlanket();
    assert.equal(blanket.authnService, 'winnt');
    assert.equal(blanket.authnLevel, 'pkt-privacy');
    assert.equal(blanket.impersonationLevel, 'identify');
    assert.equal(blanket.serverPrincipal, 'HOST\\server');
    assert.equal(blanket.numbers.authnService, 10);
  });

  it('changes only in the options that are set', async () => {
    await connection.setBlanket({ impersonationLevel: 'impersonate' });
    await connection.setBlanket({ authnLevel: 'pkt-integrity', cloaking: 'dynamic' });
    await connection.setBlanket({});
    const { authnService, authnLevel, impersonationLevel, capabilities } = await recorded();
    // These are only the capabilities that SetBlanket accepts.
    assert.deepEqual([authnService, authnLevel, impersonationLevel], [10, 5, 3]);
    assert.equal(capabilities, 0x40);
    const blanket = await connection.queryBlanket();
    assert.equal(blanket.cloaking, 'dynamic');
    assert.deepEqual(blanket.capabilities, ['dynamic-cloaking']);
    assert.equal(blanket.serverPrincipal, 'HOST\\server');
  });

  it('has only the last cloaking that was set', async () => {
    await connection.setBlanket({ cloaking: 'dynamic' });
    await connection.setBlanket({ cloaking: 'static' });
    assert.equal((await recorded()).capabilities, 0x20);
    await connection.setBlanket({ cloaking: 'none' });
    assert.equal((await recorded()).capabilities, 0);
  });

  it('has the server principal that was set', async () => {
    await connection.setBlanket({ serverPrincipal: 'DOMAIN\\other' });
    assert.equal((await connection.queryBlanket()).serverPrincipal, 'DOMAIN\\other');
  });

  it('has no service, no authorization and no server principal without authentication', async () => {
    await connection.setBlanket({ authnLevel: 'none' });
    const { authnService, authzService, authnLevel } = await recorded();
    assert.deepEqual([authnService, authzService, authnLevel], [0, 0, 1]);
    assert.equal((await connection.queryBlanket()).serverPrincipal, '(null)');
    await connection.setBlanket({ authnLevel: 'pkt' });
    assert.equal((await connection.queryBlanket()).authnService, 'default', 'COM chooses again');
  });

  it('applies to one call only when it is set for a call', async () => {
    assert.equal((await recorded({ impersonationLevel: 'anonymous' })).impersonationLevel, 1);
    assert.equal((await recorded()).impersonationLevel, 2);
    await connection.setBlanket({ authnLevel: 'pkt-integrity' });
    const both = await recorded({ impersonationLevel: 'impersonate' });
    assert.deepEqual([both.authnLevel, both.impersonationLevel], [5, 3]);
    assert.equal((await recorded()).impersonationLevel, 2);
  });

  it('is set with the token on the thread for static cloaking, and calls run without the token', async () => {
    await connection.setBlanket({ cloaking: 'static', as: token });
    const { tokenWhenSet, tokenWhenCalling } = await recorded();
    assert.deepEqual([tokenWhenSet, tokenWhenCalling], [true, false]);
  });

  it('is set without the token for dynamic cloaking, and each call runs with the token on the thread', async () => {
    await connection.setBlanket({ cloaking: 'dynamic', as: token });
    for (let call = 0; call < 3; ++call) {
      const { tokenWhenSet, tokenWhenCalling } = await recorded();
      assert.deepEqual([tokenWhenSet, tokenWhenCalling], [false, true]);
    }
    await connection.setBlanket({ cloaking: 'dynamic' });
    assert.equal((await recorded()).tokenWhenCalling, false, 'another blanket, no token');
  });

  it('leaves no token on the thread after the call that it is set for', async () => {
    const cloaked = await recorded({ cloaking: 'dynamic', as: token });
    assert.equal(cloaked.tokenWhenCalling, true);
    const later = await Promise.all(Array.from({ length: 16 }, () => recorded()));
    assert.ok(later.every(({ tokenWhenCalling }) => !tokenWhenCalling));
  });

  it('keeps a static identity when other options are set later', async () => {
    await connection.setBlanket({ cloaking: 'static', as: token });
    await connection.setBlanket({ authnLevel: 'pkt-integrity' });
    const { tokenWhenSet, authnLevel } = await recorded();
    assert.deepEqual([tokenWhenSet, authnLevel], [true, 5]);
  });
});
