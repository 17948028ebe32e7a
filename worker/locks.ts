/**
 * Passwords and permissions of a PDF. LibreOffice would encrypt with RC4 of 128 bits; qpdf does it with AES of 256, as
 * the last step on the file. A wrapper around another engine.
 */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import { writeNewFile } from './new-file.ts'
import type { PagesOptions } from './pages.ts'
import { countPages } from './pdf-pages.ts'
import { makePdf, type PdfWork } from './qpdf.ts'

const LOCKS = ['printing', 'changes', 'copying'] as const
const SECRETS = ['resultPassword', 'permissionPassword'] as const
const PRINTING: Readonly<Record<string, string>> = { none: 'none', low: 'low', high: 'full' }

/** The same engine, whose PDFs are locked as requested. */
export function withLocks(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const encrypt = lockFor(conversion)
    if (!encrypt) return engine.convert(conversion)
    const open = {
      ...conversion,
      options: without(conversion.options, LOCKS),
      secrets: without(conversion.secrets, SECRETS),
    }
    return lock(await engine.convert(open), encrypt, { conversion, options })
  })
}

interface Lock {
  userPassword: string
  ownerPassword: string
  '256bit': Readonly<Record<string, string>>
}

/** The lock in the form that qpdf reads; undefined without passwords and restrictions. */
function lockFor({ target, options = {}, secrets = {} }: Conversion): Lock | undefined {
  const isRestricted = LOCKS.some(name => options[name] !== undefined)
  if (target !== 'pdf' || !(isRestricted || secrets.resultPassword !== undefined)) return undefined
  const { printing = 'high', changes = true, copying = true } = options
  return {
    userPassword: secrets.resultPassword ?? '',
    // With an empty owner password, everybody could remove the restrictions.
    ownerPassword: secrets.permissionPassword ?? randomBytes(16).toString('hex'),
    '256bit': {
      print: PRINTING[String(printing)] ?? 'full',
      modify: changes === true ? 'all' : 'none',
      extract: copying === true ? 'y' : 'n',
      // Reading aloud is not copying.
      accessibility: 'y',
    },
  }
}

/** @throws AppError as of `runPoppler` and `countPages`; the signal's reason */
async function lock(converted: Converted, encrypt: Lock, work: PdfWork): Promise<Converted> {
  const { directory: slot, signal } = work.conversion
  const { sandbox } = work.options
  // A locked PDF can no longer be counted.
  const exported = await countPages({ path: converted.path, slot, signal }, sandbox)
  // Every user of the machine can read a command line, but only the sandbox's user can read the slot.
  const stated = join(slot, 'lock.json')
  await writeNewFile(stated, [JSON.stringify({ encrypt })], signal)
  try {
    const words = [`--job-json-file=${sandbox.pathInside(slot, stated)}`, converted.path]
    const path = await makePdf('locked', words, work)
    // The fonts of a locked PDF cannot be read.
    const drawnFrom = converted.drawnFrom ?? converted.path
    return { ...converted, path, exported, isLocked: true, drawnFrom }
  } finally {
    await rm(stated, { force: true })
  }
}

function without<Value>(
  all: Readonly<Record<string, Value>> = {},
  names: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)))
}
