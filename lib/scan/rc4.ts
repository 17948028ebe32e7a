/** Own RC4: OpenSSL moved it to the legacy ciphers, which Node does not load. */
export function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i)
  const at = (i: number) => state[i & 255] ?? 0
  const swap = (i: number, j: number) => {
    const kept = at(i)
    state[i & 255] = at(j)
    state[j & 255] = kept
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j += at(i) + (key[i % key.length] ?? 0)
    swap(i, j)
  }
  let j = 0
  return Buffer.from(data).map((byte, index) => {
    j += at(index + 1)
    swap(index + 1, j)
    return byte ^ at(at(index + 1) + at(j))
  }) as Buffer
}
