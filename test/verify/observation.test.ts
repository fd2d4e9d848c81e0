import assert from 'node:assert/strict';

import { agree, type PlainThreadToken, tokenIn } from '#lib/verify/scene/observation.js';

/** Returns a look that found a token with these ids. */
function seen(tokenId: string, modifiedId = '0x1', user = 'S-1-5-18'): PlainThreadToken {
  const token = { type: 'impersonation', level: 'impersonation' } as const;
  return { state: 'present', error: null, ...token, tokenId, modifiedId, user, time: 1 };
}

function look(
  ...[thread, otherThread, otherProcess]: [PlainThreadToken, PlainThreadToken, PlainThreadToken]
) {
  return { thread, otherThread, otherProcess, furtherWitness: null };
}

// If a witness can open the token itself, every witness sees the same id. Windows gives each witness
// its own duplicate of a client's token.
describe('witnesses', () => {
  it('agree if they see one token, or duplicates of one token', () => {
    assert.equal(agree(look(seen('0x1'), seen('0x1'), seen('0x1'))), true);
    assert.equal(agree(look(seen('0x1'), seen('0x2'), seen('0x3'))), true);
  });

  it('disagree if one sees another token, or a duplicate while the others see the token', () => {
    assert.equal(agree(look(seen('0x1'), seen('0x1'), seen('0x2'))), false);
    assert.equal(agree(look(seen('0x1'), seen('0x2'), seen('0x3', '0x2'))), false);
    assert.equal(agree(look(seen('0x1'), seen('0x2'), seen('0x3', '0x1', 'S-1-5-19'))), false);
  });

  it('identify a token by its id, or by what its duplicates have in common', () => {
    const one = tokenIn(look(seen('0x1'), seen('0x1'), seen('0x1')));
    assert.equal(one, '0x1');
    assert.notEqual(one, tokenIn(look(seen('0x2'), seen('0x2'), seen('0x2'))));

    const copied = tokenIn(look(seen('0x3'), seen('0x4'), seen('0x5')));
    assert.equal(copied, tokenIn(look(seen('0x6'), seen('0x7'), seen('0x8'))));
    const changed = [seen('0x3', '0x2'), seen('0x4', '0x2'), seen('0x5', '0x2')] as const;
    assert.notEqual(copied, tokenIn(look(...changed)));
  });
});
