/** An engine that shares every export, and stands still until the lent one draws, so that a test sees it do so. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Progress } from '#lib/vocabulary/job.ts'
import { checkResult } from '#worker/check-result.ts'
import { type Engine, type LentEngine, type PageShare, withConvert } from '#worker/engine.ts'
import { withSharedExport } from '#worker/shared-export.ts'
import { officeOf } from './office-of.ts'
import { collectNotes, type TestEngine, type TestSource } from './test-engine.ts'

const LIMITS = { cpuMs: 900_000, stallMs: 60_000, memoryBytes: 3e9, resultBytes: 1e9 }

export interface SharedBy {
  /** The number of the slot's own LibreOffice, which stands still, and of the lent one. */
  own: number
  lent: number
}

export interface SharingEvents {
  /** The lent engine has begun to draw; the own one goes on after this. */
  onShared?(offices: SharedBy): unknown
  /** The own engine has exported the document. */
  onOwnDone?(offices: SharedBy): unknown
  signal?: AbortSignal
}

export interface SharedResult {
  pdf: Buffer
  /** Whether it was joined of two exports. */
  isJoined: boolean
  pages: number | null
  notes: [code: string, count: number][]
  told: Progress[]
}

/** Converts into a PDF, shared where there are events. */
export async function convertShared(
  testEngine: TestEngine,
  { bytes, format }: TestSource,
  events?: SharingEvents,
): Promise<SharedResult> {
  const { bare, sandbox, slots } = testEngine
  const { signal = AbortSignal.timeout(300_000) } = events ?? {}
  return slots.use(async directory => {
    const sourcePath = join(directory, `source.${format}`)
    await writeFile(sourcePath, bytes)
    const { notes, onNote } = collectNotes()
    const told: Progress[] = []
    const engine = events ? sharingEngine(testEngine, await officeOf(directory), events) : bare
    const onProgress = (progress: Progress) => void told.push(progress)
    const place = { sourcePath, format, target: 'pdf', directory, signal }
    const converted = await engine.convert({ ...place, onProgress, onNote })
    const pages = await checkResult({ ...converted, target: 'pdf', slot: directory, signal }, sandbox)
    const isJoined = basename(converted.path).startsWith('shared-')
    return { pdf: await readFile(converted.path), isJoined, pages, notes, told }
  })
}

/** The own engine is stopped when the other one is lent, until that draws its first page or ends without any. */
function sharingEngine({ bare, sandbox }: TestEngine, own: number, events: SharingEvents): Engine {
  let offices: SharedBy | undefined
  const onShared = async (directory: string) => {
    offices = { own, lent: await officeOf(directory) }
    await events.onShared?.(offices)
    process.kill(own, 'SIGCONT')
  }
  const watched = withConvert(bare, async conversion => {
    const converted = await bare.convert(conversion)
    if (offices) await events.onOwnDone?.(offices)
    return converted
  })
  const lend: Engine['lend'] = slot => {
    const lent = bare.lend?.(slot)
    if (!lent) return undefined
    process.kill(own, 'SIGSTOP')
    return watchedLent(lent, {
      onFirstPage: () => void onShared(lent.directory),
      onNone: () => process.kill(own, 'SIGCONT'),
    })
  }
  const options = { sandbox, limits: LIMITS, isWorth: () => true }
  return withSharedExport(Object.assign(watched, { lend }), options)
}

function watchedLent(lent: LentEngine, to: { onFirstPage(): void; onNone(): void }): LentEngine {
  let hasDrawn = false
  return {
    directory: lent.directory,
    get isPaused() {
      return lent.isPaused
    },
    giveBack: () => lent.giveBack(),
    convert: conversion => {
      const drawsNext: PageShare['drawsNext'] = printed => {
        const draws = conversion.share?.drawsNext(printed) ?? false
        if (draws && !hasDrawn) to.onFirstPage()
        hasDrawn ||= draws
        return draws
      }
      return lent.convert({ ...conversion, share: { drawsFirst: false, drawsNext } }).finally(() => {
        if (!hasDrawn) to.onNone()
      })
    },
  }
}
