import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportFilter, importFilter } from '#worker/engines/warm/filters.ts'
import type { IndicatorEvent } from '#worker/uno/status-indicator.ts'
import { startSoffice } from '../uno/soffice.ts'

/** What LibreOffice calls on its status bar for a document, recorded from a process of its own without our engine. */
export async function indicatorCalls(
  bytes: Buffer,
  format: string,
): Promise<{ loaded: number[]; exported: number[] }> {
  const soffice = await startSoffice()
  try {
    const path = join(soffice.directory, `source.${format}`)
    await writeFile(path, bytes)
    const loading: IndicatorEvent[] = []
    const exporting: IndicatorEvent[] = []
    const document = await soffice.office.load(path, {
      filter: importFilter(format),
      onProgress: event => loading.push(event),
    })
    if (!document) throw new Error('not loaded')
    const kind = await document.kind()
    const filter = exportFilter(kind, 'pdf') ?? ''
    const store = { onProgress: (event: IndicatorEvent) => exporting.push(event) }
    await document.store(join(soffice.directory, 'result.pdf'), filter, store)
    await document.close()
    const first = loading[0]
    const range = first?.kind === 'start' ? first.range : 0
    return { loaded: valuesOf(loading).map(value => value / range), exported: valuesOf(exporting) }
  } finally {
    await soffice.stop()
  }
}

function valuesOf(events: IndicatorEvent[]): number[] {
  return events.flatMap(event => (event.kind === 'value' ? [event.value] : []))
}
