/**
 * The level of a PDF/A-1. LibreOffice tags every one and lets it claim level A, which asks for more than tags: that
 * pictures have alternative texts, for one. What was asked for is level B. This is an engine around any other.
 */
import { constants, type FileHandle } from 'node:fs/promises'
import { FileText } from './check-result/file-text.ts'
import { PlainPdf } from './check-result/plain-pdf.ts'
import { type Engine, withConvert } from './engine.ts'
import { openRegular } from './regular-file.ts'

const LEVEL = '<pdfaid:conformance>'

/** The same engine, whose PDF/A-1b say B. */
export function withArchiveLevel(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    const converted = await engine.convert(conversion)
    if (conversion.target === 'pdfa-1b') await claimLevelB(converted.path)
    return converted
  })
}

async function claimLevelB(path: string): Promise<void> {
  const file = await openRegular(path, constants.O_RDWR)
  // Whatever else lies there is for the check of the result to refuse.
  if (!file) return
  try {
    await writeLevel(file)
  } finally {
    await file.close()
  }
}

/** In as many bytes, since a PDF counts them. */
async function writeLevel(file: FileHandle): Promise<void> {
  const metadata = await (await PlainPdf.open(await FileText.open(file)))?.named('Metadata')
  const at = metadata?.text.indexOf(`${LEVEL}A<`) ?? -1
  if (metadata && at >= 0) await file.write('B', metadata.position + at + LEVEL.length)
}
