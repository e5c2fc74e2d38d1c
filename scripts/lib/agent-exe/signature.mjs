// Numbers of the PE format (learn.microsoft.com/windows/win32/debug/pe-format).
const PE_OFFSET = 0x3c;
const OPTIONAL_HEADER = 24;
const PE32_PLUS = 0x20b;
const CHECKSUM = 64;
const DIRECTORIES = 112;
const CERTIFICATES = 4;
const DIRECTORY_BYTES = 8;

/**
 * A Windows program without its Authenticode signature, which would not hold for the changed program, and would be in the
 * way of a new one. What `signtool remove /s` does.
 * @param {Buffer} program
 * @returns {Buffer}
 * @throws Error when it is no 64-bit program, or has something else behind its signature
 */
export function withoutSignature(program) {
  const pe = program.readUInt32LE(PE_OFFSET);
  const optional = pe + OPTIONAL_HEADER;
  if (program.toString('latin1', pe, pe + 4) !== 'PE\0\0' || program.readUInt16LE(optional) !== PE32_PLUS)
    throw new Error('This is no 64-bit program of Windows.');
  const entry = optional + DIRECTORIES + CERTIFICATES * DIRECTORY_BYTES;
  // Of this directory alone it is a place in the file, not in memory.
  const [begin, size] = [program.readUInt32LE(entry), program.readUInt32LE(entry + 4)];
  if (size === 0) return program;
  if (begin + size !== program.length) throw new Error('The signature is not the last thing in the program.');
  const bare = Buffer.from(program.subarray(0, begin));
  bare.fill(0, entry, entry + DIRECTORY_BYTES);
  // Zero means that none was computed; the old one is wrong now.
  bare.writeUInt32LE(0, optional + CHECKSUM);
  return bare;
}
