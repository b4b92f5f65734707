namespace Stk.SignerCalls.Frames;

/// <summary>What came over the socket is no frame of ours. The message quotes nothing of it.</summary>
public sealed class FrameException(string message, Exception? inner = null) : Exception(message, inner);
