/**
 * Restores file links of an office document, a rich text or a web page. LibreOffice writes them relative to the
 * result's path or with all of it, which is meaningless outside the slot.
 */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { chunksOf } from '#lib/scan/source.ts'
import { sourceOfFile } from '#worker/file-source.ts'
import { rewritten } from '#worker/package-copies/markup-tokens.ts'
import { openPackage } from '#worker/package-copies/package.ts'
import { copyArchive } from '#worker/package-copies/zip-copy.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'
import { withQuery } from './link-query.ts'

const OPEN_DOCUMENTS = ['odt', 'ods', 'odp']
const PACKAGES = [...OPEN_DOCUMENTS, 'docx', 'xlsx', 'pptx']
const TEXTS = ['rtf', 'html']
const LINKING_PARTS =
  /\.rels$|(?:^|\/)(?:content|styles)\.xml$|^word\/(?:document|(?:header|footer)\d*|(?:foot|end)notes|comments)\.xml$/
/** In a Word document a link with a fragment is a field. */
const LINK_FIELD = /^\s*HYPERLINK\s/
/** Characters that never occur in a link or before it in its tag or field. */
const BETWEEN = /[\r\n<>]/
/** A link with what stands before it. */
const LINK = /(\b(?:Target|href|src)="|\bHYPERLINK (?:"|&quot;))((?:(?!&quot;)[^"]){0,8192})/g
/** The beginning of an absolute link to a file in a web page, where it has no scheme. */
const ABSOLUTE = /\b((?:href|src)=")(\/\/?)(?=[^"/])/gi
/** Such links of a web page may have been written so, except those to a disk. */
const DISK = /\b((?:href|src)=")(\/)(?=[a-z]:\/)/gi
const LONGEST_WORD = 1024 * 1024

export interface WrittenLinks {
  /** LibreOffice's path of the result. */
  inside: string
  format: string
  target: string
  directory: string
  signal: AbortSignal
}

/** Returns the path of the result with restored links; the original path where the format has none. */
export async function withLinksAsWritten(path: string, links: WrittenLinks): Promise<string> {
  const { format, target, signal } = links
  const isPackage = PACKAGES.includes(target)
  if (!isPackage && !TEXTS.includes(target)) return path
  const folders = links.inside.split('/').slice(1, -1)
  const fixPaths = mender(folders, OPEN_DOCUMENTS.includes(target))
  const absolute = format === 'html' ? DISK : ABSOLUTE
  const fixLinks = (text: string) => withQueries(fixPaths(text))
  const fix = (text: string) => (target === 'html' ? withScheme(fixLinks(text), absolute) : fixLinks(text))
  const copy = `${path}.linked`
  const file = await openInSlot(path)
  try {
    const source = await sourceOfFile(file)
    if (isPackage) await copyPackage(source, { copy, fix, ...links })
    else await pipeline(fixed(chunksOf(source), fix), createWriteStream(copy, { flags: 'wx' }), { signal })
  } finally {
    await file.close()
  }
  return copy
}

function withQueries(text: string): string {
  if (!/%3f/i.test(text)) return text
  return text.replace(LINK, (_, start: string, link: string) => start + withQuery(link))
}

function withScheme(text: string, absolute: RegExp): string {
  return text.replace(
    absolute,
    (_, start: string, slashes: string) => `${start}file:${slashes === '/' ? '///' : slashes}`,
  )
}

type LinkFix = (text: string) => string

/** `folders` are those above the result; inside a package of OpenDocument links are one level deeper. */
function mender(folders: readonly string[], isInPackage: boolean): LinkFix {
  const climbing = '../'.repeat(folders.length + Number(isInPackage))
  const own = folders.map((_, up) => {
    const path = `file:///${folders.slice(0, folders.length - up).join('/')}/`
    return [path, '../'.repeat(up + Number(isInPackage))] as const
  })
  // Fewer folders may belong to the sender's own path.
  const known = own.slice(0, -1)
  return text => {
    if (!text.includes('../') && !text.includes('file:///')) return text
    const relative = known.reduce((left, [path, plain]) => left.replaceAll(path, plain), text)
    return relative.replaceAll(climbing, 'file:///')
  }
}

async function copyPackage(
  source: Awaited<ReturnType<typeof sourceOfFile>>,
  { copy, fix, directory, signal }: WrittenLinks & { copy: string; fix: LinkFix },
): Promise<void> {
  const { archive, names, read } = await openPackage(source, { directory, signal })
  const changed = new Map(
    names(LINKING_PARTS).map(name => [
      name,
      () =>
        rewritten(read(name), ({ kind, text }) =>
          kind !== 'text' || LINK_FIELD.test(text) ? fix(text) : text,
        ),
    ]),
  )
  await copyArchive(archive, source, { path: copy, changed })
}

/** The same text; a possible link is never split. */
async function* fixed(chunks: AsyncIterable<Buffer>, fix: LinkFix): AsyncIterable<Buffer> {
  let rest = ''
  for await (const chunk of chunks) {
    const text = rest + chunk.toString('latin1')
    let end = text.length
    while (end > 0 && !BETWEEN.test(text[end - 1] ?? '') && text.length - end < LONGEST_WORD) end--
    rest = text.slice(end)
    yield Buffer.from(fix(text.slice(0, end)), 'latin1')
  }
  yield Buffer.from(fix(rest), 'latin1')
}
