import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { skipBecause } from '../../support/skip';
import { whyNoStandIn } from '../support/stand-in';

/** Where a program file names the place of its PE header, and what stands there 4 bytes further. */
const PE_OFFSET = 0x3c;
const MACHINE = { 32: 0x14c, 64: 0x8664 };

describe('the bits of the stand-in', () => {
  it('are those that its layer asks for, and Node.js has 64', function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    const program = readFileSync(process.env['STANDIN_EXE_3_22_16'] ?? '');
    const bits = process.env['WINDOWS_BITS'] === '32' ? 32 : 64;
    assert.equal(program.readUInt16LE(program.readUInt32LE(PE_OFFSET) + 4), MACHINE[bits]);
    assert.equal(process.arch, 'x64');
  });
});
