import type { TraceSampler } from '../trace-sampler.ts'
import type { Sampler, SdkPackage } from './opentelemetry.ts'

const PARENT_BASED = 'parentbased_'

/** The library's own: the trace context of a parent decides where the name says so and there is one. */
export function samplerOf({ name, ratio }: TraceSampler, sdk: SdkPackage): Sampler {
  const root = rootOf(name.replace(PARENT_BASED, ''), ratio, sdk)
  return name.startsWith(PARENT_BASED) ? new sdk.ParentBasedSampler({ root }) : root
}

function rootOf(
  name: string,
  ratio: number,
  { AlwaysOnSampler, AlwaysOffSampler, TraceIdRatioBasedSampler }: SdkPackage,
): Sampler {
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(ratio)
  return name === 'always_off' ? new AlwaysOffSampler() : new AlwaysOnSampler()
}
