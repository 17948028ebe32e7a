import { createHash, getHashes } from 'node:crypto'
import { AppError } from '#lib/vocabulary/errors.ts'
import { invalidRequest } from '../api/invalid-request.ts'

/** The algorithms that this Node supports; sha1 is required of every tus server. */
export const ALGORITHMS = ['sha1', 'sha256', 'sha512', 'md5'].filter(name => getHashes().includes(name))

export interface Checksum {
  update(data: Buffer): void
  /** Compares the digest of the bytes so far. @throws AppError `checksum_mismatch` */
  verify(): void
}

/**
 * Reads an `Upload-Checksum` header: an algorithm and a digest in base64.
 * @throws AppError `invalid_request`
 */
export function readChecksum(header: string | undefined): Checksum | undefined {
  if (header === undefined) return undefined
  const [algorithm = '', expected = ''] = header.split(' ')
  if (!ALGORITHMS.includes(algorithm))
    throw invalidRequest(`Upload-Checksum must use one of ${ALGORITHMS.join(', ')}`)
  const hash = createHash(algorithm)
  return {
    update: data => void hash.update(data),
    verify() {
      if (!hash.digest().equals(Buffer.from(expected, 'base64'))) throw new AppError('checksum_mismatch')
    },
  }
}
