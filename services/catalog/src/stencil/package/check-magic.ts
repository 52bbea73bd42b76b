import type { StencilLimits } from '../limits.ts';
import { StencilRefusal } from '../refusal.ts';

const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
// The stream that holds a package under a password (MS-OFFCRYPTO), named in the compound file's directory.
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

/** What a file is by its first bytes; neither its name nor its declared type is asked. */
export const checkMagic = (bytes: Buffer, limits: StencilLimits): void => {
  if (bytes.length > limits.fileBytes)
    throw new StencilRefusal(
      'file-too-large',
      `The file has ${bytes.length} bytes; at most ${limits.fileBytes} are read. Split the stencil.`,
    );
  if (bytes.subarray(0, 4).equals(zip)) return;
  if (!bytes.subarray(0, 8).equals(compoundFile))
    throw new StencilRefusal(
      'not-a-package',
      'The file is no Visio package. What is read are .vssx, .vsdx, .vstx and their macro-enabled forms.',
    );
  if (bytes.includes(encryptedPackage))
    throw new StencilRefusal('file-encrypted', 'The file is under a password. Save it in Visio without one.');
  throw new StencilRefusal(
    'binary-visio',
    'The file is in the binary format of Visio 2010 and before (.vss, .vsd, .vst). Open it in Visio and save it as .vssx.',
  );
};
