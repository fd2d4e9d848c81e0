import assert from 'node:assert/strict';

import { connect, RemoteObject, type Value } from 'async-com';

import { native } from '#lib/native/addon.js';

import { Child } from '../support/child.js';
import { Program } from '../support/program.js';
import { newClsid } from '#lib/value/identifiers.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import { skip } from '../support/skip.js';
import { until } from '../support/until.js';
import { NativeClient, serverName } from './peers.js';

const typeMismatch = 0x80020005;

const refused: readonly (readonly [sent: string, why: RegExp])[] = [
  [
    'mismatch',
    /^arguments\[1\] is an array that cannot be read: SafeArrayGetVartype failed with DISP_E_/,
  ],
  ['[i4:1,mismatch]', /^arguments\[1\]\[1\] is an array that cannot be read/],
  ['<2x2>[i4:1,i4:2,i4:3,mismatch]', /^arguments\[1\]\[1\]\[1\] is an array that cannot be read/],
  ['<1x1329744433~2>[i4:1,null]', /^arguments\[1\] is an object with a key that is no string$/],
  ['<1x1329744433~2>[bstr:6100,mismatch]', /^arguments\[1\]\.a is an array that cannot be read/],
  ['<1x1329744433~2>[bstr:3100,mismatch]', /^arguments\[1\]\["1"\] is an array that cannot/],
  ['<1x1296126001~2>[bstr:6100,mismatch]', /^arguments\[1\]\.get\("a"\) is an array that cannot/],
  ['<1x1296126001~2>[i4:1,mismatch]', /^arguments\[1\]\.values\(\)\[0\] is an array that cannot/],
  ['<1x1296126001~2>[mismatch,i4:1]', /^arguments\[1\]\.keys\(\)\[0\] is an array that cannot/],
  ['decimal:1D00000000000A00000000000000', /^arguments\[1\] is a VT_DECIMAL that is no number$/],
  ['i4<100000x0>[]', /^arguments\[1\] is an array of too many empty arrays$/],
];

/** VARIANTs that only other clients send, and what arrives (docs/values.md). */
const closest: readonly (readonly [sent: string, arrives: string])[] = [
  ['i1:-5', 'i4:-5'],
  ['ui1:255', 'i4:255'],
  ['i2:-32768', 'i4:-32768'],
  ['ui2:65535', 'i4:65535'],
  ['ui4:4294967295', 'r8:41EFFFFFFFE00000'],
  ['int:-1', 'i4:-1'],
  ['uint:7', 'i4:7'],
  ['ui8:5', 'i8:5'],
  ['r4:3F000000', 'r8:3FE0000000000000'], // 0.5
  ['r8:4000000000000000', 'i4:2'],
  ['cy:12500', 'r8:3FF4000000000000'], // 1.25
  ['decimal:028000000000E204000000000000', 'r8:C029000000000000'], // -12.50
  ['error:80020004', 'empty'], // an argument that was left out
  ['error:80004005', 'error:80004005'],
  ['error:00000000', 'error:00000000'],
  ['nothing', 'i4[]'],
  ['i1[i1:-1,i1:127]', 'i1[i1:-1,i1:127]'],
  ['i2[i2:-1]', 'i2[i2:-1]'],
  ['ui2[ui2:65535]', 'ui2[ui2:65535]'],
  ['i4[]', 'i4[]'],
  ['i4[i4:1,i4:-2]', 'i4[i4:1,i4:-2]'],
  ['ui4[ui4:4294967295]', 'ui4[ui4:4294967295]'],
  ['int[int:-1]', 'i4[i4:-1]'],
  ['uint[uint:4294967295]', 'ui4[ui4:4294967295]'],
  ['i8[i8:-9223372036854775808]', 'i8[i8:-9223372036854775808]'],
  ['ui8[ui8:18446744073709551615]', 'ui8[ui8:18446744073709551615]'],
  ['r4[r4:3F000000]', 'r4[r4:3F000000]'],
  ['r8[r8:3FE0000000000000,nan]', 'r8[r8:3FE0000000000000,nan]'],
  ['ui1<5~2>[ui1:1,ui1:2]', 'bytes:0102'],
  ['i4<7~2>[i4:1,i4:2]', 'i4[i4:1,i4:2]'],
  ['<-3~2>[i4:1,null]', '[i4:1,null]'],
  ['bstr[bstr:6100,bstr:]', '[bstr:6100,bstr:]'],
  ['bool[true,false]', '[true,false]'],
  ['date[date:0000000000000000]', '[date:0000000000000000]'],
  ['cy[cy:12500,cy:-10000]', '[r8:3FF4000000000000,i4:-1]'],
  ['[i2:1,[ui1:2,i4[i4:3]]]', '[i4:1,[i4:2,i4[i4:3]]]'],
  // The first dimension varies fastest in memory. It becomes the outer array.
  ['i4<2x3>[i4:1,i4:2,i4:3,i4:4,i4:5,i4:6]', '[[i4:1,i4:3,i4:5],[i4:2,i4:4,i4:6]]'],
  ['ui1<1x2>[ui1:1,ui1:2]', '[[i4:1,i4:2]]'],
  ['bstr<9~1x-1~2>[bstr:6100,bstr:6200]', '[[bstr:6100,bstr:6200]]'],
  [
    'i4<2x2x2>[i4:0,i4:1,i4:2,i4:3,i4:4,i4:5,i4:6,i4:7]',
    '[[[i4:0,i4:4],[i4:2,i4:6]],[[i4:1,i4:5],[i4:3,i4:7]]]',
  ],
  ['<2x1>[i4:1,i4<1x1>[i4:2]]', '[[i4:1],[[[i4:2]]]]'],
  ['i4<0x3>[]', '[]'],
  ['i4<2x0>[]', '[[],[]]'],
  // An object and a Map of JavaScript, as they are sent.
  ['<1x1329744433~2>[bstr:6100,i2:1]', '<1x1329744433~2>[bstr:6100,i4:1]'],
  ['<0x1329744433~2>[]', '<0x1329744433~2>[]'],
  ['<0x1296126001~2>[]', '<0x1296126001~2>[]'],
  ['<2x1296126001~2>[i4:1,null,i2:1,[]]', '<2x1296126001~2>[i4:1,null,i4:1,[]]'],
];

/** Wine marshals the bounds of these arrays, and no elements. */
const lostByWine: typeof closest = [
  [
    'decimal[decimal:000000000000FF00000000000000,decimal:0180000000000F00000000000000]',
    '[i4:255,r8:BFF8000000000000]',
  ],
  ['error[error:80004005,error:80020004]', '[error:80004005,empty]'],
  ['decimal<1x1>[decimal:000000000000FF00000000000000]', '[[i4:255]]'],
];

describe('a VARIANT that a TypeScript client does not send', () => {
  const clsid = newClsid();
  let server: Child;
  let client: NativeClient;

  before(async () => {
    server = await Child.start('interop-server', clsid, serverName);
    client = await NativeClient.start('sync_client', clsid, proxyStubDll);
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  for (const [sent, arrives] of closest) {
    it(`arrives as ${arrives} when a C++ client sends ${sent}`, async () => {
      assert.deepEqual(await client.callInWords('echoOne', sent), { value: arrives });
    });
  }

  for (const [sent, arrives] of lostByWine) {
    it(`arrives as ${arrives} when a C++ client sends ${sent}`, async function () {
      if (native.wineVersion() !== null) skip(this, 'Wine loses the elements of such arrays');
      assert.deepEqual(await client.callInWords('echoOne', sent), { value: arrives });
    });
  }

  for (const [sent, why] of refused) {
    it(`is refused with an error that names the argument: ${sent}`, async () => {
      const answer = await client.callInWords('echo', 'null', sent);
      assert.ok('handler' in answer);
      assert.equal(answer.handler, typeMismatch);
      assert.match(answer.description, why);
      assert.deepEqual(await client.callInWords('echo', 'null'), { value: '[null]' });
    });
  }
});

describe('an object that a native server returns', () => {
  for (const [method, objectIn] of [
    ['objectBesideMatrix', (result: Value) => (result as Value[])[1]],
    ['referenceToObject', (result: Value) => result],
  ] as const) {
    it(`is held until it is released: ${method}`, async () => {
      const clsid = newClsid();
      await using _server = await Program.start('server', clsid, proxyStubDll, serverName);
      using connection = await connect(clsid);
      const object = objectIn(await connection.call(method));
      assert.ok(object instanceof RemoteObject);
      assert.equal(await connection.call('objectsLeft'), 1);
      object.release();
      await until(async () => (await connection.call('objectsLeft')) === 0, 'it is released');
    });
  }
});

describe('a result that only a C++ server returns', () => {
  const clsid = newClsid();
  let server: Program;

  before(async () => {
    server = await Program.start('server', clsid, proxyStubDll, serverName);
  });

  after(() => server[Symbol.asyncDispose]());

  for (const [sent, why] of refused) {
    it(`makes a call fail with an error that names the result: ${sent}`, async () => {
      using connection = await connect(clsid);
      const message = new RegExp(why.source.replace('arguments\\[1\\]', 'the result'));
      await assert.rejects(connection.call('valueFromWords', sent), { name: 'TypeError', message });
      using call = await connection.createCall();
      await call.begin('valueFromWords', sent);
      await call.wait();
      await assert.rejects(call.finish(), { name: 'TypeError', message });
      assert.equal(await connection.call('valueFromWords', 'i4:1'), 1);
    });
  }
});
