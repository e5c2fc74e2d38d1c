import { readOwnFile } from '../src/own-files';
import { unpackedFile, unpackingFolder } from './unpacked-file';

// Stands for the part of koffi that is compiled: Windows loads it only from a file.

const native: { exports: unknown } = { exports: {} };
process.dlopen(native, unpackedFile(unpackingFolder(), 'koffi.node', readOwnFile('koffi.node')));

export = native.exports;
