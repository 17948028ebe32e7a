import type { Compound } from '../scan/compound.ts'
import { opens } from '../scan/default-password.ts'
import { FILE_PASS_WITHIN_BYTES, filePassIn } from '../scan/legacy.ts'
import { opensAgile } from './agile.ts'
import { MAX_ROUNDS } from './rounds.ts'
import { opensStandard } from './standard.ts'

/** A hundred times what Office writes. */
const MAX_INFO_BYTES = 64 * 1024
/** Longer than a text's lock with the longest provider name. */
const TEXT_LOCK_BYTES = 4096

/**
 * Checks the password of an Office document of any age. Presentations of 97 to 2003 keep their lock in a stream that is
 * not read here.
 */
export async function opensCompound(
  compound: Compound,
  password: string,
  maxRounds = MAX_ROUNDS,
): Promise<boolean | undefined> {
  if (compound.has('EncryptionInfo'))
    return opensPackage(await compound.head('EncryptionInfo', MAX_INFO_BYTES), password, maxRounds)
  const filePass = (await filePassOfWorkbook(compound)) ?? (await filePassOfText(compound))
  return filePass && opens(filePass, password)
}

function opensPackage(
  info: Buffer,
  password: string,
  maxRounds: number,
): Promise<boolean | undefined> | undefined {
  if (info.length < 8) return undefined
  const [major, minor] = [info.readUInt16LE(0), info.readUInt16LE(2)]
  if (major === 4 && minor === 4) return opensAgile(info.toString('utf8', 8), password, maxRounds)
  return minor === 2 ? opensStandard(info.subarray(8), password) : undefined
}

async function filePassOfWorkbook(compound: Compound): Promise<Buffer | undefined> {
  const stream = ['Workbook', 'Book'].find(name => compound.has(name))
  return stream === undefined ? undefined : filePassIn(await compound.head(stream, FILE_PASS_WITHIN_BYTES))
}

/**
 * [MS-DOC] 2.2.6: the content of a workbook's FilePass record stands at the start of the table stream, which the text's
 * first bytes choose.
 */
async function filePassOfText(compound: Compound): Promise<Buffer | undefined> {
  const [IS_ENCRYPTED, IN_TABLE_1, IS_OBFUSCATED] = [0x0100, 0x0200, 0x8000]
  const fib = await compound.head('WordDocument', 12)
  const flags = fib.length === 12 ? fib.readUInt16LE(10) : 0
  if (!(flags & IS_ENCRYPTED) || flags & IS_OBFUSCATED) return undefined
  const table = await compound.head(flags & IN_TABLE_1 ? '1Table' : '0Table', TEXT_LOCK_BYTES)
  return Buffer.concat([Buffer.from([1, 0]), table])
}
