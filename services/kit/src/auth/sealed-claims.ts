import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';

/** Claims that travel through a browser unread and unchanged, and are nothing after their time. */
export interface Seal {
  seal(claims: JWTPayload): Promise<string>;
  /** Undefined for what this key has not sealed, or sealed too long ago; the shape is the caller's to check. */
  open(token: string): Promise<JWTPayload | undefined>;
}

/** A256GCM under one key of 32 bytes. `name` is what the error calls the key's variable. */
export const sealWith = (key: Uint8Array, { name, seconds }: { name: string; seconds: number }): Seal => {
  if (key.length !== 32) throw new Error(`${name} must hold 32 bytes in base64url`);
  return {
    seal: (claims) =>
      new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt()
        .setExpirationTime(`${seconds}s`)
        .encrypt(key),
    open: async (token) => {
      const decrypted = await jwtDecrypt(token, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      }).catch(() => undefined);
      return decrypted?.payload;
    },
  };
};
