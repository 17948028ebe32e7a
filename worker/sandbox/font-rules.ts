import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The file that fontconfig reads instead of the machine's own, in the folder of rules. */
export const FONT_RULES_FILE = 'fonts.conf'
const MORE = 'conf.d'
const FONTS = 'fonts'

/** Rules for fontconfig, and the path of their folder inside the sandbox. */
export interface FontRules {
  rules: string
  /** Own fonts, by file name. */
  fonts?: Readonly<Record<string, Buffer>>
  /** Undefined: the folder's own path. */
  seenAs?: string | undefined
}

/**
 * Creates the folder with `rules`, which also include the files that `writeFontRule` adds.
 * @returns its path
 */
export async function openFontRules(
  scratchDir: string,
  { rules, fonts = {}, seenAs }: FontRules,
): Promise<string> {
  const folder = folderIn(scratchDir)
  await mkdir(join(folder, MORE), { recursive: true, mode: 0o755 })
  await mkdir(join(folder, FONTS), { recursive: true, mode: 0o755 })
  for (const [name, font] of Object.entries(fonts))
    await writeFile(join(folder, FONTS, name), font, { mode: 0o644 })
  const own = `<dir>${join(seenAs ?? folder, FONTS)}</dir>`
  const more = `<include ignore_missing="yes">${join(seenAs ?? folder, MORE)}</include>`
  await writeFile(join(folder, FONT_RULES_FILE), documentOf(rules + own + more), { mode: 0o644 })
  return folder
}

/**
 * Adds a rule for all sandboxed processes that start from now on. fontconfig only reads files whose `name` begins with
 * a digit, in the order of their names.
 */
export async function writeFontRule(scratchDir: string, name: `${number}-${string}`, rule: string) {
  await writeFile(join(folderIn(scratchDir), MORE, `${name}.conf`), documentOf(rule), { mode: 0o644 })
}

const folderIn = (scratchDir: string) => join(scratchDir, 'font-rules')
const documentOf = (rules: string) =>
  `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n${rules}\n</fontconfig>\n`
