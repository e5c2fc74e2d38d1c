import assert from 'node:assert/strict';

const PE = 0x80;
const OPTIONAL = PE + 24;
const CERTIFICATES = OPTIONAL + 112 + 4 * 8;

/** The least that is a signed 64-bit program of Windows. */
function program(code: string, signature: string, behind = ''): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(0x200), Buffer.from(code + signature + behind)]);
  bytes.writeUInt32LE(PE, 0x3c);
  bytes.write('PE\0\0', PE, 'latin1');
  bytes.writeUInt16LE(0x20b, OPTIONAL);
  bytes.writeUInt32LE(4711, OPTIONAL + 64);
  if (signature !== '') {
    bytes.writeUInt32LE(0x200 + code.length, CERTIFICATES);
    bytes.writeUInt32LE(signature.length, CERTIFICATES + 4);
  }
  return bytes;
}

describe('a Windows program without its signature', () => {
  let withoutSignature: typeof import('../../../scripts/lib/agent-exe/signature.mjs').withoutSignature;

  before(async () => {
    ({ withoutSignature } = await import('../../../scripts/lib/agent-exe/signature.mjs'));
  });

  it('ends where its signature began, and names none', () => {
    const bare = withoutSignature(program('code', 'signature'));
    assert.equal(bare.length, 0x200 + 'code'.length);
    assert.deepEqual(bare.readBigUInt64LE(CERTIFICATES), 0n);
    assert.equal(bare.readUInt32LE(OPTIONAL + 64), 0);
    const expected = program('code', '');
    expected.writeUInt32LE(0, OPTIONAL + 64);
    assert.deepEqual(bare, expected);
  });

  it('is the same program when it had none', () => {
    assert.deepEqual(withoutSignature(program('code', '')), program('code', ''));
  });

  it('is not made where something lies behind the signature, or of something else', () => {
    assert.throws(() => withoutSignature(program('code', 'signature', 'more')), /not the last/);
    assert.throws(() => withoutSignature(Buffer.alloc(1024)), /no 64-bit program/);
  });
});
