import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A Debian package in one version. */
export interface ListedPackage {
  name: string
  version: string
  /** Of the .deb file, in hexadecimal. */
  sha256: string
}

/** The release and the processor that packages are made for, such as `bookworm` and `amd64`. */
export interface Platform {
  release: string
  architecture: string
}

const LINE = /^([a-z0-9][a-z0-9+.-]+) (\S+) ([0-9a-f]{64})$/

/** The path of the repository's list for a platform. */
export const listPath = ({ release, architecture }: Platform) =>
  fileURLToPath(new URL(`lists/${release}-${architecture}.txt`, import.meta.url))

/** The repository's list for a platform; undefined where there is none. @throws Error for a broken line */
export function readPackageList(platform: Platform): readonly ListedPackage[] | undefined {
  const path = listPath(platform)
  return existsSync(path) ? parsePackageList(readFileSync(path, 'utf8')) : undefined
}

/** Parses lines of name, version and SHA-256. @throws Error for a broken line */
export function parsePackageList(text: string): ListedPackage[] {
  return text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [, name, version, sha256] = LINE.exec(line) ?? []
      if (!name || !version || !sha256) throw new Error(`not a line of a package list: ${line}`)
      return { name, version, sha256 }
    })
}

/** The text of a list, in the order of the names. */
export function formatPackageList(packages: readonly ListedPackage[]): string {
  return packages
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, sha256 }) => `${name} ${version} ${sha256}\n`)
    .join('')
}

/** apt's preferences: the listed versions wherever the mirror has them, and its own elsewhere. */
export function pinsFor(packages: readonly ListedPackage[]): string {
  return packages
    .map(({ name, version }) => `Package: ${name}\nPin: version ${version}\nPin-Priority: 1001\n`)
    .join('\n')
}

/**
 * The names of packages that are in other versions than listed, or not listed.
 * @throws Error where a listed version has another content: then it is not the file that was tested
 */
export function deviationsFrom(
  list: readonly ListedPackage[],
  brought: readonly ListedPackage[],
): readonly string[] {
  const listed = new Map(list.map(one => [one.name, one]))
  return brought
    .filter(({ name, version, sha256 }) => {
      const wanted = listed.get(name)
      if (wanted?.version === version && wanted.sha256 !== sha256)
        throw new Error(`${name} ${version} has the SHA-256 ${sha256}, and not ${wanted.sha256} as listed`)
      return wanted?.version !== version
    })
    .map(({ name }) => name)
}

/** The package that a .deb file contains, by its name from apt (`name_version_architecture.deb`) and its bytes. */
export function packageOfFile(fileName: string, bytes: Buffer): ListedPackage {
  const [name = '', version = ''] = fileName.split('_')
  return {
    name,
    version: decodeURIComponent(version),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
