/**
 * Files that a Word document inserts whole (`altChunk`). LibreOffice skips them, so their places get bookmarks, and the
 * files are stored beside the document to be inserted there.
 */
import { writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { allOf, sourceOfBuffer } from '#lib/scan/source.ts'
import { tagsOf } from '#lib/scan/xml.ts'
import { MAX_LIST_BYTES } from '#lib/scan/zip.ts'
import { scan } from '#lib/scan.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import { unpacked } from '#worker/web-archives/archive-parts.ts'
import { joined } from '#worker/web-archives/archived-page.ts'
import { attributeOf, eachToken, rewritten, type Token } from './markup-tokens.ts'
import type { Package, PartChange } from './package.ts'

/** A larger file is omitted. */
const LARGEST_BYTES = 32 * 1024 * 1024
const MOST = 200
const MAIN = /^word\/document\w*\.xml$/i
/** Above the ids that programs give to bookmarks. */
const FIRST_ID = 1_900_000_000

export interface InsertedFile {
  /** The bookmark where it belongs. */
  bookmark: string
  path: string
  format: string
}

/** Writes the files beside the document; the changes insert the bookmarks. */
export async function insertedChanges(
  opened: Package,
): Promise<{ changes: Map<string, PartChange>; files: InsertedFile[] }> {
  const changes = new Map<string, PartChange>()
  const files: InsertedFile[] = []
  for (const name of opened.names(MAIN)) {
    const ids = await idsIn(opened.read(name))
    const targets = ids.length > 0 ? await targetsOf(name, opened) : new Map<string, string>()
    const marks = new Map<string, string>()
    for (const id of ids.slice(0, MOST)) {
      const file = await extract(targets.get(id) ?? '', files.length, opened)
      if (!file) continue
      files.push(file)
      marks.set(id, file.bookmark)
    }
    if (marks.size > 0) changes.set(name, content => marked(content, marks))
  }
  return { changes, files }
}

async function idsIn(content: AsyncIterable<Buffer>): Promise<string[]> {
  const ids = new Set<string>()
  await eachToken(content, ({ kind, name, text }) => {
    if (name === 'altChunk' && kind !== 'close') ids.add(attributeOf(text, 'id') ?? '')
  })
  return [...ids]
}

async function targetsOf(part: string, { archive }: Package): Promise<Map<string, string>> {
  const { dir, base } = posix.parse(part)
  const list = await archive.text(`${dir}/_rels/${base}.rels`, MAX_LIST_BYTES)
  const targets = new Map<string, string>()
  for (const { name, attributes } of tagsOf(list))
    if (name === 'Relationship' && attributes.TargetMode !== 'External')
      targets.set(attributes.Id ?? '', posix.resolve('/', dir, attributes.Target ?? '').slice(1))
  return targets
}

/** Undefined for a file that LibreOffice does not read as text. */
async function extract(
  part: string,
  number: number,
  { archive, directory, signal, read }: Package,
): Promise<InsertedFile | undefined> {
  const entry = archive.entries.find(({ name }) => name.toLowerCase() === part.toLowerCase())
  if (!entry || entry.size > LARGEST_BYTES) return undefined
  const bytes = await allOf(read(entry.name))
  const format = await formatOf(bytes, part)
  if (format === undefined) return undefined
  const bookmark = `_inserted_${number}`
  const path = join(directory, `inserted-${number}.${format}`)
  await writeFile(path, bytes)
  if (format !== 'mhtml') return { bookmark, path, format }
  const html = await pageOf(path, signal)
  if (html === undefined) return undefined
  await writeFile(`${path}.html`, html)
  return { bookmark, path: `${path}.html`, format: 'html' }
}

/** The page of a web archive, with its pictures; undefined where there is none. */
async function pageOf(path: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return joined(await unpacked(path, signal)).html
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

async function formatOf(bytes: Buffer, name: string): Promise<string | undefined> {
  const found = await scan(sourceOfBuffer(bytes), name).catch(error => {
    if (error instanceof AppError) return undefined
    throw error
  })
  return found && SOURCES.get(found.format)?.family === 'document' ? found.format : undefined
}

/** Marks the first occurrence of a file; a repeated one is rare. */
function marked(content: AsyncIterable<Buffer>, marks: Map<string, string>): AsyncIterable<Buffer> {
  const left = new Map(marks)
  let isWithin = false
  return rewritten(content, token => {
    if (isWithin) {
      isWithin = !(token.kind === 'close' && token.name === 'altChunk')
      return ''
    }
    const id = token.name === 'altChunk' ? attributeOf(token.text, 'id') : undefined
    const bookmark = id === undefined ? undefined : left.get(id)
    if (id === undefined || bookmark === undefined) return token.text
    left.delete(id)
    isWithin = token.kind === 'open'
    return bookmarkFor(token, bookmark, FIRST_ID + left.size)
  })
}

function bookmarkFor({ text }: Token, name: string, id: number): string {
  const w = /^<([\w.-]+:)?/.exec(text)?.[1] ?? ''
  return `<${w}p><${w}bookmarkStart ${w}id="${id}" ${w}name="${name}"/><${w}bookmarkEnd ${w}id="${id}"/></${w}p>`
}
