import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from '#worker/sandbox.ts'
import { SPACINGS } from '#worker/stand-ins/asian.ts'
import { isAsian, plain } from './known-fonts.ts'

/** An answer takes milliseconds, except on a busy machine; then it is still useful. In milliseconds. */
const WITHIN_MS = 30_000
const MAX_KNOWN = 2000
/**
 * Chinese, Japanese and Korean share characters: which font draws them depends on the language of the text. The empty
 * pattern is for letters and digits.
 */
const TEXTS = [':lang=ja', ':lang=zh-cn', ':lang=zh-tw', ':lang=ko', '']
const HAVE_NO_LETTERS = SPACINGS.map(({ family }) => family)
const FORMAT = '%{family}\t%{postscriptname}\n'
/** One process for many names: building a sandbox takes longer than fontconfig's answer. */
const SCRIPT = 'for pattern; do fc-match -f "$0" "$pattern" || exit 1; done'

/** A font of this machine. */
export interface MachineFont {
  family: string
  /** Its PostScript name, as in a PDF. */
  postscript: string
}

/** The machine's fonts for a font name. */
export interface Match {
  isInstalled: boolean
  /** The font itself, or all possible replacements, the likeliest first. */
  fonts: readonly MachineFont[]
}

/** The fonts of this machine as LibreOffice finds them: it uses fontconfig as well, in the same sandbox. */
export class Fonts {
  readonly #sandbox: Sandbox
  readonly #folder: string
  #known = new Map<string, Match>()

  private constructor(sandbox: Sandbox, folder: string) {
    this.#sandbox = sandbox
    this.#folder = folder
  }

  static async open(sandbox: Sandbox, scratchDir: string): Promise<Fonts> {
    const folder = join(scratchDir, 'fonts')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await sandbox.adopt(folder)
    return new Fonts(sandbox, folder)
  }

  /** A match for each name. @throws Error where fontconfig does not answer */
  async match(names: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Match>> {
    const known = this.#known
    const unknown = [...new Set(names)].filter(name => !known.has(name))
    if (known.size + unknown.length > MAX_KNOWN) this.forget()
    const found = unknown.length > 0 ? await this.#ask(unknown, signal) : []
    for (const [name, match] of found) this.#known.set(name, match)
    return new Map([...known, ...found])
  }

  /** Clears the cache after a change of fonts. */
  forget(): void {
    this.#known = new Map()
  }

  async #ask(names: readonly string[], signal: AbortSignal): Promise<[string, Match][]> {
    const questions = names.flatMap(name => patternsOf(name).map(pattern => ({ name, pattern })))
    const command = ['sh', '-c', SCRIPT, FORMAT, ...questions.map(({ pattern }) => pattern)]
    const { code, stdout, stderr } = await this.#sandbox.run(command, {
      slot: this.#folder,
      signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
    })
    const answers = stdout.trimEnd().split('\n')
    if (code !== 0 || answers.length !== questions.length)
      throw new Error(`fc-match ended with ${code}, ${answers.length} answers: ${stderr.trim()}`)
    return names.map(name => [
      name,
      matchOf(
        name,
        answers.filter((_, at) => questions[at]?.name === name),
      ),
    ])
  }
}

function patternsOf(name: string): string[] {
  const pattern = name.replace(/[\\:,-]/g, '\\$&')
  return isAsian(name) ? TEXTS.map(text => pattern + text) : [pattern]
}

/** An answer contains all names of a family, such as `ＭＳ 明朝,MS Mincho`, and its PostScript name. */
function matchOf(name: string, answers: readonly string[]): Match {
  const fonts: MachineFont[] = []
  for (const answer of answers) {
    const [families = '', postscript = ''] = answer.split('\t')
    const [family = '', ...others] = families.split(',')
    if (HAVE_NO_LETTERS.includes(family)) continue
    if ([family, ...others].some(one => plain(one) === plain(name)))
      return { isInstalled: true, fonts: [{ family: name, postscript }] }
    fonts.push({ family, postscript })
  }
  return { isInstalled: false, fonts }
}
