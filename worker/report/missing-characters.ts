/** Characters of a document that no font of this machine has: LibreOffice draws a box for them, or nothing. */
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FONT_SCRIPTS } from '#lib/checks/font-scripts.ts'
import type { FontFacts } from '#lib/checks/machine-facts.ts'
import { chunksOf } from '#lib/scan/source.ts'
import { type Note, note } from '#lib/vocabulary/notes.ts'
import { sourceOfFile } from '#worker/file-source.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import { Coverage } from './missing-characters/coverage.ts'
import { packageFor, scriptCode, scriptOf } from './missing-characters/font-packages.ts'
import { tallyOfFonts } from './missing-characters/pdf-text.ts'
import { type CharacterTally, Tallying } from './missing-characters/tally.ts'
import { openInSlot } from './open-in-slot.ts'

const WITHIN_MS = 30_000
/** Some hundred times the list of a real machine's fonts. */
const MAX_LIST_BYTES = 32 * 1024 * 1024
const FORMAT = '%{family}\t%{charset}\n'
const LISTED = 'exec fc-list --format "$0" > "$1"'
const READ = 'exec pdftotext -enc UTF-8 "$0" "$1"'

export interface CharactersOptions {
  sandbox: Sandbox
  scratchDir: string
  /** Whether the engine draws colour fonts. */
  drawsColour: boolean
}

/** The missing characters of this machine's fonts as LibreOffice finds them: in the same sandbox. */
export class Characters {
  readonly #sandbox: Sandbox
  readonly #folder: string
  readonly #drawsColour: boolean
  #coverage: Promise<Coverage> | undefined

  private constructor({ sandbox, drawsColour }: CharactersOptions, folder: string) {
    this.#sandbox = sandbox
    this.#drawsColour = drawsColour
    this.#folder = folder
  }

  static async open(options: CharactersOptions): Promise<Characters> {
    const { sandbox, scratchDir } = options
    const folder = join(scratchDir, 'characters')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await sandbox.adopt(folder)
    return new Characters(options, folder)
  }

  /** Clears the cache after a change of fonts. */
  forget(): void {
    this.#coverage = undefined
  }

  /** What the list of fonts says of this machine. @throws Error where fontconfig does not answer */
  async facts(): Promise<FontFacts> {
    const coverage = await this.#ask()
    const families = [...coverage.families].sort()
    const lacking = FONT_SCRIPTS.filter(({ sample }) => !coverage.has(sample.codePointAt(0) ?? 0))
    return {
      digest: createHash('sha256').update(families.join('\n')).digest('hex').slice(0, 12),
      families: families.length,
      lacking: lacking.map(({ name }) => name),
    }
  }

  /** One note for each script and package with missing characters. @throws Error where fontconfig does not answer */
  async missing(tally: CharacterTally): Promise<Note[]> {
    if (tally.size === 0) return []
    const coverage = await this.#ask()
    const lacking = [...coverage.lacks(tally)]
    const scripts = Map.groupBy(lacking, ([code]) => scriptOf(code))
    return [...scripts].map(([script, found]) => {
      const debian = packageFor(script, { families: coverage.families, drawsColour: this.#drawsColour })
      const [[sample] = [0]] = found
      const code = scriptCode(script)
      const details = {
        script: script.replaceAll('_', ' '),
        ...(code && { scriptCode: code }),
        sample: String.fromCodePoint(sample),
      }
      return note('characters_missing', {
        count: found.reduce((sum, [, count]) => sum + count, 0),
        details: debian ? { ...details, package: debian } : details,
      })
    })
  }

  /**
   * The same for the content of a PDF; its text is read only where its fonts indicate a missing character.
   * @throws Error where poppler or fontconfig does not answer
   */
  async missingIn(pdf: string, slot: string, signal: AbortSignal): Promise<Note[]> {
    const stated = await tallyOfFonts(pdf)
    if (stated && (await this.missing(stated)).length === 0) return []
    const text = join(slot, 'shown.txt')
    const words = [pdf, text].map(path => this.#sandbox.pathInside(slot, path))
    await this.#run(['sh', '-c', READ, ...words], slot, signal)
    return this.missing(await tallyOfText(text))
  }

  /** fontconfig's output is so long that it is written into a file. */
  #ask(): Promise<Coverage> {
    this.#coverage ??= this.#list().catch(error => {
      this.#coverage = undefined
      throw error
    })
    return this.#coverage
  }

  async #list(): Promise<Coverage> {
    const list = join(this.#folder, 'list')
    const inside = this.#sandbox.pathInside(this.#folder, list)
    await this.#run(['sh', '-c', LISTED, FORMAT, inside], this.#folder)
    const file = await openInSlot(list)
    try {
      const buffer = Buffer.alloc(Math.min((await file.stat()).size, MAX_LIST_BYTES))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
      return new Coverage(buffer.toString('utf8', 0, bytesRead))
    } finally {
      await file.close()
    }
  }

  async #run(command: string[], slot: string, signal?: AbortSignal): Promise<void> {
    const within = AbortSignal.timeout(WITHIN_MS)
    const { code, stderr } = await this.#sandbox.run(command, {
      slot,
      signal: signal ? AbortSignal.any([signal, within]) : within,
    })
    if (code !== 0) throw new Error(`${command[2]} ended with ${code}: ${stderr.trim()}`)
  }
}

async function tallyOfText(path: string): Promise<CharacterTally> {
  const file = await openInSlot(path)
  try {
    const decoder = new TextDecoder()
    const tallying = new Tallying()
    for await (const chunk of chunksOf(await sourceOfFile(file)))
      tallying.add(decoder.decode(chunk, { stream: true }))
    return tallying.tally
  } finally {
    await file.close()
  }
}
