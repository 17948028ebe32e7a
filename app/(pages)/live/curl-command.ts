/** The command that makes the same result of a file on somebody’s own machine. Pure. */
import { resultFileName } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'

interface CommandFor {
  fileName: string
  target: string
  options: Options
}

/** @param address where this Nightshift is, such as `https://example.org/convert` */
export function curlCommand({ fileName, target, options }: CommandFor, address: string): string {
  const parts = ['curl --fail', `-o ${quoted(resultFileName(fileName, target, options))}`]
  parts.push(`-F ${quoted(`file=@${inField(fileName)}`)}`, `-F target=${target}`)
  if (Object.keys(options).length > 0) parts.push(`-F ${quoted(`options=${JSON.stringify(options)}`)}`)
  return [...parts, quoted(`${address}/api/convert`)].join(' \\\n  ')
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** In quotation marks curl takes commas and semicolons as part of a file’s name. */
function inField(fileName: string): string {
  return `"${fileName.replace(/["\\]/g, '\\$&')}"`
}
