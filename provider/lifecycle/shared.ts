/** Set on an object that was there already when its resource was created. */
export const SHARED = "__shared";
