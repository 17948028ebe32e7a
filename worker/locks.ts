/**
 * Passwords and permissions of a PDF. LibreOffice would lock with RC4 of 128 bits; qpdf does it with AES of 256, last of
 * all, when nothing else is to be done to the file. This is an engine around any other.
 */
import { randomBytes } from 'node:crypto'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import type { PagesOptions } from './pages.ts'
import { countPages } from './pdf-pages.ts'
import { makePdf, type PdfWork } from './qpdf.ts'

const LOCKS = ['printing', 'changes', 'copying'] as const
const SECRETS = ['resultPassword', 'permissionPassword'] as const
const PRINTING: Readonly<Record<string, string>> = { none: 'none', low: 'low', high: 'full' }

/** The same engine, whose PDFs are locked as it was asked for. */
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

/** The lock as qpdf is told of it; undefined where everybody may do everything. */
function lockFor({ target, options = {}, secrets = {} }: Conversion): Lock | undefined {
  const isRestricted = LOCKS.some(name => options[name] !== undefined)
  if (target !== 'pdf' || !(isRestricted || secrets.resultPassword !== undefined)) return undefined
  const { printing = 'high', changes = true, copying = true } = options
  return {
    userPassword: secrets.resultPassword ?? '',
    // With none, everybody could lift what is locked.
    ownerPassword: secrets.permissionPassword ?? randomBytes(16).toString('hex'),
    '256bit': {
      print: PRINTING[String(printing)] ?? 'full',
      modify: changes === true ? 'all' : 'none',
      extract: copying === true ? 'y' : 'n',
      // What is read aloud is not copied.
      accessibility: 'y',
    },
  }
}

/** @throws AppError as of `runPoppler` and `countPages`; the signal's reason */
async function lock(converted: Converted, encrypt: Lock, work: PdfWork): Promise<Converted> {
  const { directory: slot, signal } = work.conversion
  const { sandbox } = work.options
  // Afterwards nobody can ask it any more.
  const exported = await countPages({ path: converted.path, slot, signal }, sandbox)
  // Every user of the machine can read a command line, and only the sandbox's own reads the slot.
  const stated = join(slot, 'lock.json')
  await writeFile(stated, JSON.stringify({ encrypt }))
  await chmod(stated, 0o644)
  try {
    const words = [`--job-json-file=${sandbox.pathInside(slot, stated)}`, converted.path]
    const path = await makePdf('locked', words, work)
    // Of a locked PDF nobody can read the fonts.
    return { ...converted, path, exported, drawnFrom: converted.drawnFrom ?? converted.path }
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
