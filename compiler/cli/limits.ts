/** What verifying a domain may take unless something else is said: seconds, and MB (10^6 bytes). */
export const defaultLimits = { timeLimit: 60, memoryLimit: 1500 } as const;
