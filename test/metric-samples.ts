/** The samples of Prometheus' text format by their series, as `name{label="value"}`. @throws Error for another line */
export function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter(line => line && !line.startsWith('#'))
  return new Map(
    lines.map(line => {
      const [, series, value] = /^([a-zA-Z_:][\w:]*(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? []
      if (series === undefined) throw new Error(`no sample: ${line}`)
      return [series, Number(value === '+Inf' ? 'Infinity' : value)]
    }),
  )
}
