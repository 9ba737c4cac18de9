package org.diskferry.media.crypt;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;

/// A cipher of Bouncy Castle, block by block.
final class EngineBlocks implements Blocks {
  private final BlockCipher engine;

  EngineBlocks(BlockCipher engine, boolean encrypting, byte[] key) {
    this.engine = engine;
    engine.init(encrypting, new KeyParameter(key));
  }

  @Override
  public void transform(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    for (int done = 0; done < length; done += BLOCK) {
      engine.processBlock(in, inOffset + done, out, outOffset + done);
    }
  }
}
