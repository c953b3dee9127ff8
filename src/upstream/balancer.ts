import type { Instance } from './instances.ts';

/**
 * Chooses who gets an attempt of a route. An instance whose breaker for this route admits nothing is left out (ejection), and comes
 * back by that breaker's own probe. Among the rest a weight class is drawn by weight, so that 95:5 is 95 % and 5 % at any load; within
 * a class the least loaded wins, and equals are drawn. One of `tried` is taken only where there is nobody else.
 */
export function chooseInstance(
  instances: readonly Instance[],
  route: string,
  tried: readonly Instance[],
  random: () => number = Math.random,
): Instance | undefined {
  if (instances.length <= 1) return instances[0];
  const admitting = instances.filter((instance) => instance.breakers.get(route)?.admits ?? true);
  if (admitting.length === 0) return soonest(instances, route);
  const untried = tried.length === 0 ? admitting : admitting.filter((instance) => !tried.includes(instance));
  return leastLoaded(drawWeightClass(untried.length > 0 ? untried : admitting, random), random);
}

/** Whose circuit lets an attempt through first; it refuses this one and says when to come back. */
function soonest(instances: readonly Instance[], route: string): Instance | undefined {
  const wait = (instance: Instance): number => instance.breakers.get(route)?.retryAfterMs ?? 0;
  return instances.reduce((best, instance) => (wait(instance) < wait(best) ? instance : best));
}

function drawWeightClass(instances: readonly Instance[], random: () => number): readonly Instance[] {
  const [first] = instances;
  if (instances.every(({ weight }) => weight === first?.weight)) return instances;
  const total = instances.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  const drawn = instances.find(({ weight }) => (left -= weight) < 0) ?? first;
  return instances.filter(({ weight }) => weight === drawn?.weight);
}

function leastLoaded(instances: readonly Instance[], random: () => number): Instance | undefined {
  const least = Math.min(...instances.map(({ load }) => load));
  const equals = instances.filter(({ load }) => load === least);
  return equals[Math.floor(random() * equals.length)];
}
