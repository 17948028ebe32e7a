/**
 * Pictures of a rich text. LibreOffice writes each twice: as it is, and for programs of the last century as a metafile
 * of bare pixels in hexadecimal digits, so that a photograph of 12 megapixels makes a rich text of 146 MB. The second
 * one is omitted, as Word can be told to do. A wrapper around another engine.
 */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Engine, withConvert } from './engine.ts'
import { openInSlot } from './report/open-in-slot.ts'
import { rewrittenTokens, type TokenRewriter } from './rich-text-tokens.ts'

const STEP_BYTES = 1024 * 1024

/** The same engine, whose rich texts contain each picture once. */
export function withoutSecondPictures(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    const converted = await engine.convert(conversion)
    if (conversion.target !== 'rtf') return converted
    const path = `${converted.path}.once`
    const content = (await openInSlot(converted.path)).createReadStream({ highWaterMark: STEP_BYTES })
    await pipeline(content, picturesOnce, createWriteStream(path, { flags: 'wx' }), {
      signal: conversion.signal,
    })
    return { ...converted, path }
  })
}

/** The same rich text without the groups that only programs read that do not know the original pictures. */
export function picturesOnce(content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  return rewrittenTokens(content, new Filter())
}

class Filter implements TokenRewriter {
  /** The beginning of a group whose first word has not been read. */
  #opened = ''
  /** How many groups are open within what is omitted, with the omitted one itself. */
  #omitted = 0

  read(token: string, isRaw: boolean): string {
    if (this.#omitted > 0) {
      if (!isRaw) this.#omitted += Number(token === '{') - Number(token === '}')
      return ''
    }
    const before = this.#opened
    this.#opened = ''
    if (before && /^\\nonshppict\b/.test(token)) {
      this.#omitted = 1
      return ''
    }
    if (token !== '{' || isRaw) return before + token
    this.#opened = token
    return before
  }

  end(): string {
    return this.#opened
  }
}
