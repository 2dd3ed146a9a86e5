import type { Context } from "./context";
import { invalidInput, notFound } from "./errors";
import type { AcsEncoder, EncoderState } from "./rows";

export function findEncoder(context: Context, encoderId: string): AcsEncoder {
  const encoder = context.workspace.encoders.get(encoderId);
  if (!encoder) throw notFound("acs_encoder");
  return encoder;
}

/** What is to happen at the encoder next: only sandboxes can simulate. */
export function simulate(context: Context, encoder: AcsEncoder, next: Partial<EncoderState>): void {
  if (!context.workspace.isSandbox) throw invalidInput("This action is only available in sandbox workspaces");
  changeState(context, encoder, next);
}

export function changeState(context: Context, encoder: AcsEncoder, state: Partial<EncoderState>): void {
  context.workspace.encoders.change(encoder, { hidden: { ...encoder.hidden, ...state } });
}
