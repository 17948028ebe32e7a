import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import type { TestSource } from '../test-engine.ts'
import { startSoffice } from '../uno/soffice.ts'

const FILTERS = [
  ['odp', 'impress8', deck],
  ['odt', 'writer8', letter],
  ['doc', 'MS Word 97', letter],
  ['ods', 'calc8', sheet],
  ['xls', 'MS Excel 97', sheet],
] as const

/** Documents that LibreOffice itself has locked with this password. */
export async function withPassword(password: string): Promise<TestSource[]> {
  const soffice = await startSoffice()
  const sources: TestSource[] = []
  try {
    for (const [format, filter, make] of FILTERS) {
      const [from, to] = ['open', format].map(name => join(soffice.directory, `locked-${format}.${name}`))
      await writeFile(from ?? '', await (make === deck ? deck({ slides: 1 }) : make()))
      const document = await soffice.office.load(from ?? '')
      await document?.store(to ?? '', filter, { password })
      await document?.close()
      sources.push({ bytes: await readFile(to ?? ''), format })
    }
  } finally {
    await soffice.stop()
  }
  return sources
}
