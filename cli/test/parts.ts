/** The parts of `npm test`, in their order. */
export const PARTS = ['lint', 'types', 'unit', 'integration', 'e2e', 'faults'] as const
export type Part = (typeof PARTS)[number]
