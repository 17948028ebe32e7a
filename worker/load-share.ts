import { SOURCES } from '#lib/vocabulary/formats.ts'

/** Measured on some seventy real documents: the share of loading in loading and exporting together. */
const SHARES: Readonly<Record<string, number>> = {
  pptx: 0.5,
  ppsx: 0.5,
  potx: 0.5,
  pptm: 0.5,
  ppsm: 0.5,
  potm: 0.5,
  ppt: 0.3,
  odp: 0.3,
  docx: 0.6,
  odt: 0.5,
  rtf: 0.8,
  xlsx: 0.7,
  xls: 0.7,
  ods: 0.4,
}

/** For formats without a measurement, by family. */
const FAMILY_SHARES = { presentation: 0.4, document: 0.6, spreadsheet: 0.4, drawing: 0.6, pdf: 0.5 } as const

/** The usual share of loading in a conversion's time, from 0 to 1. */
export function usualLoadShare(format: string): number {
  const family = SOURCES.get(format)?.family
  return SHARES[format] ?? (family ? FAMILY_SHARES[family] : 0.5)
}
